import {
  clone,
  type Rank,
  type Tensor,
  type Tensor1D,
  tensor,
  tensor1d,
  tidy,
  type Variable,
  zeros,
} from '@tensorflow/tfjs-core';
import { at } from '../../core/at.ts';
import { type DatasetSpec, inputShapeOf, type Split } from '../../core/dataset/spec.ts';
import type { Evaluation, EvaluationSet, StepMetrics } from '../../core/evaluation/evaluation.ts';
import type { Graph } from '../../core/network/graph.ts';
import type { Course } from '../../core/training/checkpoint.ts';
import type { Adjustment } from '../../core/training/live-settings.ts';
import { areMatrices } from '../../core/training/optimizers/muon.ts';
import type { Recipe } from '../../core/training/recipe.ts';
import { checkFit, type Snapshot } from '../../core/training/snapshot.ts';
import type { SampleStore } from '../../dataset/store.ts';
import type { TrainingSet } from '../../dataset/training-set.ts';
import { largestValue } from '../../dataset/values.ts';
import { RunClassWeights } from '../class-weights.ts';
import { CopyPauses } from '../copy-pauses.ts';
import type { Device } from '../device.ts';
import type { EvaluationControl, Trainer } from '../engine.ts';
import { chooseSamples } from '../evaluation-samples.ts';
import { sampleWeights, trainedLabels } from '../trained-batch.ts';
import { TrainingSchedule } from '../training-schedule.ts';
import { AverageWeights } from './average-weights.ts';
import { activationsOf, evaluate, probabilitiesOf } from './evaluate.ts';
import { lossGradients } from './loss.ts';
import { Model } from './model.ts';
import { augment } from './ops/augment.ts';
import type { Batch, BatchSource } from './ops/batch-source.ts';
import { clipByNorm } from './ops/clip-by-norm.ts';
import { createOptimizer, type Optimizer } from './ops/optimizer.ts';
import { createStepLog, readLog } from './ops/step-log.ts';
import { imagesOf } from './tensors.ts';
import { tidyStep } from './tidy-step.ts';
import { NetworkWeights } from './weights.ts';

/** What a trainer uses and does not own. */
export interface Materials {
  readonly device: Device;
  readonly store: SampleStore;
  readonly sources: Readonly<Record<Split, BatchSource>>;
  readonly trainingSet: TrainingSet;
}

/** A network in training: its weights, its optimizer, and the metrics that were not read yet. */
export class NetworkTrainer implements Trainer {
  readonly #materials: Materials;
  readonly #recipe: Recipe;
  readonly #schedule: TrainingSchedule;
  readonly #model: Model;
  /** What answers instead of the weights in training; null where they answer themselves. */
  readonly #average: AverageWeights | null;
  /** The network as it answers. */
  readonly #answering: Model;
  readonly #classWeights: RunClassWeights;
  /** Which trainable weights Muon moves as matrices. */
  readonly #areMatrices: readonly boolean[];
  readonly #log = createStepLog();
  #optimizer: Optimizer;
  #step = 0;
  /** The first step whose metrics were not read. */
  #unread = 0;

  constructor(graph: Graph, recipe: Recipe, materials: Materials) {
    this.#materials = materials;
    this.#recipe = recipe;
    this.#schedule = new TrainingSchedule(recipe, materials.trainingSet.stepsPerEpoch(recipe.batchSize));
    this.#model = new Model(graph, new NetworkWeights(graph, recipe.seed));
    this.#areMatrices = areMatrices(graph);
    const { weightAveraging } = recipe;
    this.#average = weightAveraging === 0 ? null : new AverageWeights(graph, this.#model.weights, weightAveraging);
    this.#answering = this.#average === null ? this.#model : new Model(graph, this.#average.weights);
    this.#classWeights = new RunClassWeights(recipe, materials);
    this.#optimizer = this.#createOptimizer();
  }

  get stepsPerEpoch(): number {
    return this.#schedule.stepsPerEpoch;
  }

  get step(): number {
    return this.#step;
  }

  /** Compiles all that a step needs, by taking one on blank samples and undoing it. */
  async warmUp(): Promise<void> {
    const weights = this.#model.weights.all.map(({ variable }) => ({ variable, before: clone(variable) }));
    try {
      const { batchSize, classWeights } = this.#recipe;
      tidyStep(() => {
        const { samples, labels } = blankBatch(this.#model.dataset, batchSize);
        const weights = classWeights === 'none' ? {} : { weights: zeros<Rank.R1>([batchSize]) };
        this.#learn({ samples: this.#augmented(samples, new Uint32Array(batchSize)), labels, ...weights });
      });
      await readLog(this.#log, this.#recipe.batchSize, this.#materials.device);
    } finally {
      for (const { variable, before } of weights) {
        variable.assign(before);
        before.dispose();
      }
      this.#average?.begin();
      this.#optimizer.dispose();
      this.#optimizer = this.#createOptimizer();
    }
  }

  async trainStep(signal: AbortSignal): Promise<void> {
    const { device, trainingSet, sources } = this.#materials;
    const { epoch, step } = this.#schedule.placeOf(this.#step);
    const indices = await trainingSet.batch(epoch, step, this.#recipe.batchSize, signal);
    const weights = await this.#classWeights.read(signal);
    device.throwIfLost();
    tidyStep(() => {
      const { samples, labels } = sources.train.gather(indices);
      const trained = this.#trained(labels, indices);
      const weighted = weights === null ? {} : { weights: tensor1d(sampleWeights(trainingSet, indices, weights)) };
      this.#learn({ samples: this.#augmented(samples, indices), labels: trained, ...weighted });
    });
    this.#step += 1;
  }

  async readMetrics(): Promise<StepMetrics> {
    const firstStep = this.#unread;
    this.#unread = this.#step;
    return { firstStep, ...(await readLog(this.#log, this.#recipe.batchSize, this.#materials.device)) };
  }

  async evaluate(set: EvaluationSet, control: EvaluationControl): Promise<Evaluation> {
    const { device, store, sources, trainingSet } = this.#materials;
    const { validateOn } = this.#recipe;
    const { split, ...chosen } = await chooseSamples(set, { store, trainingSet, validateOn }, control.signal);
    return evaluate(this.#answering, device, { ...chosen, source: sources[split], loss: this.#recipe }, control);
  }

  async adjust(values: Adjustment): Promise<void> {
    this.#schedule.adjust(values);
  }

  extend(epochs: number): void {
    this.#schedule.extend(epochs);
  }

  get course(): Course {
    return this.#schedule.course;
  }

  follow(course: Course): void {
    this.#schedule.follow(course);
  }

  async snapshot(signal?: AbortSignal): Promise<Snapshot> {
    const { device } = this.#materials;
    const pauses = new CopyPauses(signal);
    const slots: (readonly Float32Array<ArrayBuffer>[])[] = [];
    for (const slot of this.#slots) {
      slots.push(await Promise.all(slot.map((variable) => device.read(variable))));
      await pauses.after(slot.reduce((sum, { size }) => sum + size, 0));
    }
    return { step: this.#step, weights: await this.readWeights(), slots };
  }

  async restore({ step, weights, slots }: Snapshot): Promise<void> {
    const variables = this.#model.weights.all.map(({ variable }) => variable);
    const remembered = this.#slots.flat();
    const sizes = [...variables, ...remembered].map(({ size }) => size);
    checkFit([...weights, ...slots.flat()], sizes);
    assignAll(variables, weights);
    this.#average?.begin();
    // Before the first step there is no average yet: what the weights are is what the steps begin with.
    assignAll(step === 0 ? this.#optimizer.slots.flat() : remembered, slots.flat());
    await this.readMetrics();
    this.#step = step;
    this.#unread = step;
  }

  async readWeights(): Promise<readonly Float32Array<ArrayBuffer>[]> {
    const { device } = this.#materials;
    return Promise.all(this.#answering.weights.all.map(({ variable }) => device.read(variable)));
  }

  predict(samples: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    return probabilitiesOf(this.#answering, this.#materials.device, samples);
  }

  features(samples: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    return this.activations(samples, this.#model.hidden.position);
  }

  activations(samples: Uint8Array, position: number): Promise<Float32Array<ArrayBuffer>> {
    return activationsOf(this.#answering, this.#materials.device, samples, position);
  }

  dispose(): void {
    this.#optimizer.dispose();
    this.#model.weights.dispose();
    this.#average?.dispose();
    this.#log.dispose();
    this.#materials.device.trim();
  }

  /** What a snapshot has beside the weights that answer: see `Snapshot`. */
  get #slots(): readonly (readonly Variable[])[] {
    return [...this.#optimizer.slots, ...(this.#average === null ? [] : [this.#average.live])];
  }

  #createOptimizer(): Optimizer {
    return createOptimizer(this.#recipe.optimizer, this.#model.weights.trainable, this.#areMatrices);
  }

  /** One step: forward pass, backward pass, update of the weights. Runs inside a tidy. */
  #learn(batch: Batch): void {
    const { seed, clipNorm } = this.#recipe;
    const { dropout, weightDecay } = this.#schedule.settings;
    const context = { training: true, seed, step: this.#step, dropout };
    const { loss, hits, gradients } = lossGradients(this.#model, batch, context, this.#recipe);
    this.#optimizer.apply(clipNorm === null ? gradients : clipByNorm(gradients, clipNorm), {
      step: this.#step,
      learningRate: this.#schedule.learningRateAt(this.#step),
      weightDecay,
    });
    this.#average?.follow(this.#step);
    this.#log.append({ loss, hits });
  }

  /** The samples of a step, augmented where they are images. */
  #augmented(samples: Tensor, positions: Uint32Array): Tensor {
    const variation = this.#schedule.variationAt(this.#step);
    const { samples: kind } = this.#model.dataset;
    if (variation === null || kind.kind !== 'image') return samples;
    return augment(imagesOf(samples), variation, {
      white: largestValue(kind),
      bytes: kind.storage === 'uint8',
      positions,
    });
  }

  /** The classes that the samples are trained on. */
  #trained(labels: Tensor1D, indices: Uint32Array): Tensor1D {
    if (this.#recipe.labelNoise === 0) return labels;
    return tensor1d(Int32Array.from(trainedLabels(this.#materials.trainingSet, indices)), 'int32');
  }
}

/** Gives variables values, in order; there may be more values. */
function assignAll(variables: readonly Variable[], values: readonly Float32Array[]): void {
  for (const [i, variable] of variables.entries()) {
    tidy(() => variable.assign(tensor(at(values, i), variable.shape)));
  }
}

function blankBatch(dataset: DatasetSpec, size: number): Batch {
  return { samples: zeros([size, ...inputShapeOf(dataset)]), labels: tensor1d(new Int32Array(size), 'int32') };
}
