import { clone, tensor1d, tidy, zeros } from '@tensorflow/tfjs-core';
import type { Split } from '../core/data-set.ts';
import type { Evaluation, EvaluationSet, StepMetrics } from '../core/evaluation.ts';
import type { Graph } from '../core/graph.ts';
import type { Recipe } from '../core/recipe.ts';
import type { ImageStore } from '../dataset/store.ts';
import type { TrainingSet } from '../dataset/training-set.ts';
import type { Device } from './device.ts';
import type { EvaluationControl, Trainer } from './engine.ts';
import { evaluate, probabilitiesOf } from './evaluate.ts';
import { chooseImages } from './evaluation-images.ts';
import { lossGradients } from './loss.ts';
import { Model } from './model.ts';
import type { Batch, BatchSource } from './ops/batch-source.ts';
import { createOptimizer, type Optimizer } from './ops/optimizer.ts';
import { createStepLog, readLog } from './ops/step-log.ts';
import { imagesOf } from './tensors.ts';
import { NetworkWeights } from './weights.ts';

/** What a trainer works with and does not own. */
export interface Materials {
  readonly device: Device;
  readonly store: ImageStore;
  readonly sources: Readonly<Record<Split, BatchSource>>;
  readonly images: TrainingSet;
}

/** A network in training: its weights, its optimizer, and the metrics that nobody has read yet. */
export class NetworkTrainer implements Trainer {
  readonly stepsPerEpoch: number;
  readonly #materials: Materials;
  readonly #recipe: Recipe;
  readonly #model: Model;
  readonly #log = createStepLog();
  #optimizer: Optimizer;
  #step = 0;
  /** The first step whose metrics nobody has read. */
  #unread = 0;

  constructor(graph: Graph, recipe: Recipe, materials: Materials) {
    this.stepsPerEpoch = materials.images.stepsPerEpoch(recipe.batchSize);
    this.#materials = materials;
    this.#recipe = recipe;
    this.#model = new Model(graph, new NetworkWeights(graph, recipe.seed));
    this.#optimizer = this.#createOptimizer();
  }

  get step(): number {
    return this.#step;
  }

  /** Compiles all that a step needs, by taking one on blank images and undoing it. */
  async rehearse(): Promise<void> {
    const weights = this.#model.weights.all.map(({ variable }) => ({ variable, before: clone(variable) }));
    try {
      tidy(() => this.#learn(blankBatch(this.#recipe.batchSize)));
      await readLog(this.#log, this.#recipe.batchSize, this.#materials.device);
    } finally {
      for (const { variable, before } of weights) {
        variable.assign(before);
        before.dispose();
      }
      this.#optimizer.dispose();
      this.#optimizer = this.#createOptimizer();
    }
  }

  async trainStep(signal: AbortSignal): Promise<void> {
    const { device, images, sources } = this.#materials;
    const epoch = Math.floor(this.#step / this.stepsPerEpoch);
    const step = this.#step % this.stepsPerEpoch;
    const indices = await images.batch(epoch, step, this.#recipe.batchSize, signal);
    device.throwIfLost();
    tidy(() => this.#learn(sources.train.gather(indices)));
    this.#step += 1;
  }

  async readMetrics(): Promise<StepMetrics> {
    const firstStep = this.#unread;
    this.#unread = this.#step;
    return { firstStep, ...(await readLog(this.#log, this.#recipe.batchSize, this.#materials.device)) };
  }

  async evaluate(set: EvaluationSet, control: EvaluationControl): Promise<Evaluation> {
    const { device, store, sources, images } = this.#materials;
    const { split, ...chosen } = await chooseImages(set, store, images, control.signal);
    return evaluate(this.#model, device, { ...chosen, source: sources[split] }, control);
  }

  async readWeights(): Promise<readonly Float32Array<ArrayBuffer>[]> {
    const { device } = this.#materials;
    return Promise.all(this.#model.weights.all.map(({ variable }) => device.read(variable)));
  }

  predict(pixels: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    return probabilitiesOf(this.#model, this.#materials.device, pixels);
  }

  dispose(): void {
    this.#optimizer.dispose();
    this.#model.weights.dispose();
    this.#log.dispose();
    this.#materials.device.trim();
  }

  #createOptimizer(): Optimizer {
    return createOptimizer(this.#recipe.optimizer, this.#model.weights.trainable);
  }

  /** One step forward, back and down the slope. Runs inside a tidy. */
  #learn(batch: Batch): void {
    const context = { training: true, seed: this.#recipe.seed, step: this.#step };
    const { loss, hits, gradients } = lossGradients(this.#model, batch, context);
    this.#optimizer.apply(gradients, { step: this.#step, learningRate: this.#recipe.learningRate });
    this.#log.append({ loss, hits });
  }
}

function blankBatch(size: number): Batch {
  return { images: imagesOf(zeros([size, 28, 28, 1])), labels: tensor1d(new Int32Array(size), 'int32') };
}
