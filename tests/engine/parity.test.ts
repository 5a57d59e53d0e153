import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import type { Graph } from '../../src/core/network/graph.ts';
import type { Device } from '../../src/engine/device.ts';
import { lossGradients } from '../../src/engine/tape/loss.ts';
import { Model } from '../../src/engine/tape/model.ts';
import { createOptimizer } from '../../src/engine/tape/ops/optimizer.ts';
import { NetworkWeights } from '../../src/engine/tape/weights.ts';
import { layersModelOf } from '../reference/layers-model.ts';
import { EVERY_KIND, graphOf, type Row } from './support/networks.ts';
import { testOnBackends } from './support/on-backends.ts';
import { expectClose, noise } from './support/values.ts';

const BATCH = 8;
const STEPS = 4;
const RATE = 0.05;
const SEED = 11;

/** Dropout draws from different generators here and there. */
const undropped = (rows: readonly Row[]) => rows.filter(([kind]) => kind !== 'dropout');

const NETWORKS: readonly (readonly [name: string, rows: readonly Row[]])[] = [
  ['every kind of layer', undropped(EVERY_KIND)],
  [
    'convolutions with and without padding, stride and bias',
    [
      ['conv2d', { filters: 3, strides: 3, activation: 'tanh' }],
      ['conv2d', { filters: 5, kernelSize: 2, padding: 'same', useBias: false, activation: 'selu' }],
      ['batchNormalization', { momentum: 0.5, epsilon: 0.01 }],
      ['maxPooling2d', { poolSize: 3, strides: 2, padding: 'same' }],
      ['flatten'],
      ['dense', { units: 12, activation: 'gelu', l2: 0.01 }],
      ['batchNormalization'],
      ['dense', { units: 10, activation: 'softmax' }],
    ],
  ],
  [
    'depthwise and separable convolutions, a shortcut and two inputs side by side',
    [
      ['averagePooling2d', { poolSize: 3, strides: 3 }],
      ['depthwiseConv2d', { depthMultiplier: 4, activation: 'elu' }],
      ['separableConv2d', { filters: 4, padding: 'same', depthMultiplier: 2 }],
      ['add', { from: 'depthwiseConv2d-1' }],
      ['layerNormalization'],
      ['concatenate', { from: 'depthwiseConv2d-1' }],
      ['globalAveragePooling2d'],
      ['dense', { units: 10, activation: 'softmax' }],
    ],
  ],
  [
    'frozen layers among trained ones',
    [
      ['conv2d', { filters: 3, strides: 3, activation: 'tanh' }],
      ['separableConv2d', { filters: 4, padding: 'same', frozen: true }],
      ['layerNormalization', { frozen: true }],
      ['reshape', { targetShape: [9, 36] }],
      ['simpleRnn', { units: 6, frozen: true }],
      ['dense', { units: 12, activation: 'tanh', frozen: true, l2: 0.01 }],
      ['dense', { units: 10, activation: 'softmax' }],
    ],
  ],
  [
    'recurrent layers, one of them in both directions',
    [
      ['averagePooling2d', { poolSize: 4, strides: 4 }],
      ['reshape', { targetShape: [7, 7] }],
      ['lstm', { units: 4, returnSequences: true, bidirectional: true }],
      ['simpleRnn', { units: 6 }],
      ['dense', { units: 10, activation: 'softmax' }],
    ],
  ],
];

/** What a network did in a few steps of gradient descent. */
interface TrainingSchedule {
  /** [steps] */
  readonly losses: readonly number[];
  /** The gradients of the first step, all in one row. */
  readonly gradients: readonly number[];
  /** The weights after the last step, all in one row. */
  readonly weights: readonly number[];
  /** Softmax outputs in inference mode after the last step. */
  readonly probabilities: readonly number[];
}

function batchAt(step: number): { samples: tf.Tensor4D; labels: tf.Tensor1D } {
  const classes = Int32Array.from({ length: BATCH }, (_, i) => (7 * i + 3 * step) % 10);
  const pixels = noise(BATCH * 784, step).map(Math.abs);
  return { samples: tf.tensor4d(pixels, [BATCH, 28, 28, 1]), labels: tf.tensor1d(classes, 'int32') };
}

for (const [name, rows] of NETWORKS) {
  testOnBackends(
    `${name}: loss, gradients, steps and outputs are those of tf.layers on the processor`,
    async (device) => {
      const graph = graphOf(...rows);
      const course = await ourCourse(graph, device);
      const expected = await referenceCourse(graph, device.report.backend);
      expectClose(course.losses, expected.losses);
      expectClose(course.gradients, expected.gradients);
      expectClose(course.weights, expected.weights);
      expectClose(course.probabilities, expected.probabilities);
      expect(expected.losses[0]).toBeGreaterThan(1);
    },
  );
}

async function ourCourse(graph: Graph, device: Device): Promise<TrainingSchedule> {
  const model = new Model(graph, new NetworkWeights(graph, SEED));
  const optimizer = createOptimizer({ kind: 'sgd' }, model.weights.trainable);
  const losses: number[] = [];
  const gradients: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    const context = { training: true, seed: SEED, step };
    const [loss, ...slopes] = tf.tidy(() => {
      const result = lossGradients(model, batchAt(step), context);
      optimizer.apply(result.gradients, { step, learningRate: RATE, weightDecay: 0 });
      return [result.loss, ...result.gradients];
    });
    losses.push(...(await device.read(loss as tf.Tensor)));
    if (step === 0) for (const slope of slopes) gradients.push(...(await device.read(slope)));
    tf.dispose([loss, ...slopes]);
  }
  const weights: number[] = [];
  for (const { variable } of model.weights.all) weights.push(...(await device.read(variable)));
  const context = { training: false, seed: SEED, step: STEPS };
  const outputs = tf.tidy(() => tf.softmax(model.forward(batchAt(0).samples, context)));
  const probabilities = [...(await device.read(outputs))];
  optimizer.dispose();
  model.weights.dispose();
  outputs.dispose();
  return { losses, gradients, weights, probabilities };
}

/** The same with tf.layers, tf.train and losses spelled out, on the cpu backend; then back to the backend before. */
async function referenceCourse(graph: Graph, back: string): Promise<TrainingSchedule> {
  await tf.setBackend('cpu');
  const model = layersModelOf(graph);
  takeWeights(model, graph);
  const optimizer = tf.train.sgd(RATE);
  const losses: number[] = [];
  let gradients: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    const { value, grads } = tf.tidy(() => {
      const { samples, labels } = batchAt(step);
      return tf.variableGrads(() => lossOf(model, samples, labels), variablesOf(model.trainableWeights));
    });
    losses.push(...value.dataSync());
    const ordered = variablesOf(model.trainableWeights).map(({ name }) => grads[name] as tf.Tensor);
    if (step === 0) gradients = ordered.flatMap((gradient) => [...gradient.dataSync()]);
    optimizer.applyGradients(grads);
    tf.dispose([value, grads]);
  }
  const weights = model.layers.flatMap((layer) => layer.getWeights().flatMap((weight) => [...weight.dataSync()]));
  const probabilities = tf.tidy(() => [...(model.predict(batchAt(0).samples) as tf.Tensor).dataSync()]);
  optimizer.dispose();
  model.dispose();
  await tf.setBackend(back);
  return { losses, gradients, weights, probabilities };
}

function variablesOf(weights: tf.LayerVariable[]): tf.Variable[] {
  return weights.map((weight) => weight.read() as tf.Variable);
}

function takeWeights(model: tf.LayersModel, graph: Graph): void {
  const weights = new NetworkWeights(graph, SEED);
  let next = 0;
  for (const layer of model.layers) {
    const count = layer.weights.length;
    layer.setWeights(weights.all.slice(next, next + count).map(({ variable }) => variable));
    next += count;
  }
  weights.dispose();
}

/** Mean cross-entropy of the model's softmax, and the regularizers of its layers. */
function lossOf(model: tf.LayersModel, images: tf.Tensor, labels: tf.Tensor1D): tf.Scalar {
  const probabilities = model.apply(images, { training: true }) as tf.Tensor2D;
  const chosen = tf.sum(tf.mul(probabilities, tf.oneHot(labels, 10)), 1);
  const penalties = model.calculateLosses();
  return penalties.reduce<tf.Scalar>((sum, penalty) => tf.add(sum, penalty), tf.neg(tf.mean(tf.log(chosen))));
}
