// tfjs as a whole: it registers the plain backend and all gradients, which for Node are not to be had apart.
import * as tf from '@tensorflow/tfjs';
import { classCountOf, inputShapeOf } from '../../src/core/dataset/spec.ts';
import { balancedWeights } from '../../src/core/training/class-weights.ts';
import { bestOf, shouldStop } from '../../src/core/training/early-stopping.ts';
import { areMatrices } from '../../src/core/training/optimizers/muon.ts';
import { batchAt, stepsPerEpoch } from '../../src/dataset/order.ts';
import { judge } from '../../src/engine/scores.ts';
import { AverageWeights } from '../../src/engine/tape/average-weights.ts';
import { lossGradients } from '../../src/engine/tape/loss.ts';
import { Model } from '../../src/engine/tape/model.ts';
import { clipByNorm } from '../../src/engine/tape/ops/clip-by-norm.ts';
import { createOptimizer } from '../../src/engine/tape/ops/optimizer.ts';
import { NetworkWeights } from '../../src/engine/tape/weights.ts';
import { TrainingSchedule } from '../../src/engine/training-schedule.ts';

/** @typedef {import('../../src/core/network/graph.ts').Graph} Graph */
/** @typedef {import('../../src/core/training/recipe.ts').Recipe} Recipe */
/** @typedef {{ values: Float32Array<ArrayBuffer>, labels: Uint8Array<ArrayBuffer> }} Inputs values as networks read them: [n, values] */

/**
 * What the app makes of a recipe.
 * @typedef {object} Course
 * @property {readonly number[]} rates of each step
 * @property {readonly number[]} losses of each step
 * @property {readonly number[]} validation loss of each epoch; none where nothing is set aside
 * @property {readonly Float32Array[]} start weights, in the order of the graph
 * @property {readonly Float32Array[]} weights after the last step
 */

/**
 * The app's own training on tfjs' plain backend, of samples in their order; others are judged after each epoch.
 * @param {Graph} graph
 * @param {Recipe} recipe
 * @param {Inputs} train
 * @param {Inputs} validation
 * @returns {Course}
 */
export function trainInApp(graph, recipe, train, validation) {
  const shape = inputShapeOf(graph.dataset);
  const classes = classCountOf(graph.dataset);
  const count = train.labels.length;
  const size = train.values.length / count;
  const weights = new NetworkWeights(graph, recipe.seed);
  const model = new Model(graph, weights);
  const average = recipe.weightAveraging > 0 ? new AverageWeights(graph, weights, recipe.weightAveraging) : null;
  const answering = average === null ? model : new Model(graph, average.weights);
  const optimizer = createOptimizer(recipe.optimizer, weights.trainable, areMatrices(graph));
  const schedule = new TrainingSchedule(recipe, stepsPerEpoch(count, recipe.batchSize));
  const balance = recipe.classWeights === 'balanced' ? balancedWeights(train.labels, classes) : null;
  const order = Uint32Array.from(train.labels.keys());
  const read = () => answering.weights.all.map(({ variable }) => Float32Array.from(variable.dataSync()));
  const start = read();
  /** @type {{ rates: number[], losses: number[], validation: number[], kept: Float32Array[][] }} */
  const course = { rates: [], losses: [], validation: [], kept: [] };
  const learn = (/** @type {number} */ step) => {
    const indices = [...batchAt(order, schedule.placeOf(step).step, recipe.batchSize)];
    const labels = indices.map((index) => train.labels[index] ?? 0);
    const samples = indices.flatMap((index) => [...train.values.subarray(index * size, (index + 1) * size)]);
    const batch = {
      samples: tf.tensor(samples, [indices.length, ...shape]),
      labels: tf.tensor1d(labels, 'int32'),
      ...(balance && { weights: tf.tensor1d(labels.map((label) => balance[label] ?? 0)) }),
    };
    const { loss, gradients } = lossGradients(model, batch, { training: true, seed: recipe.seed, step }, recipe);
    const learningRate = schedule.learningRateAt(step);
    const { weightDecay } = schedule.settings;
    optimizer.apply(recipe.clipNorm === null ? gradients : clipByNorm(gradients, recipe.clipNorm), {
      step,
      learningRate,
      weightDecay,
    });
    average?.follow(step);
    course.rates.push(learningRate);
    course.losses.push(loss.dataSync()[0] ?? Number.NaN);
  };
  const judged = () => {
    const samples = tf.tensor(validation.values, [validation.labels.length, ...shape]);
    const logits = answering.forward(samples, { training: false, seed: 0, step: 0 });
    return judge(Float32Array.from(logits.dataSync()), validation.labels, classes, recipe).loss;
  };
  let step = 0;
  for (let epoch = 0; epoch < recipe.epochs; epoch++) {
    for (const end = step + schedule.stepsPerEpoch; step < end; step++) tf.tidy(() => learn(step));
    course.kept.push(read());
    if (validation.labels.length > 0) course.validation.push(tf.tidy(judged));
    if (recipe.earlyStopping && shouldStop(recipe.earlyStopping, course.validation)) break;
  }
  const best = recipe.earlyStopping?.restoreBest ? course.kept[bestOf(course.validation) - 1] : undefined;
  const { rates, losses, validation: judgements } = course;
  return { rates, losses, validation: judgements, start, weights: best ?? read() };
}

/**
 * What the app answers to samples with given weights.
 * @param {Graph} graph
 * @param {readonly Float32Array[]} weights
 * @param {Inputs} inputs
 * @returns {readonly number[]}
 */
export function logitsInApp(graph, weights, { values, labels }) {
  const model = new Model(graph, new NetworkWeights(graph, 0, weights));
  return tf.tidy(() => {
    const samples = tf.tensor(values, [labels.length, ...inputShapeOf(graph.dataset)]);
    return [...model.forward(samples, { training: false, seed: 0, step: 0 }).dataSync()];
  });
}
