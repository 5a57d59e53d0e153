import type { Split } from '../core/dataset/spec.ts';
import { lastHidden } from '../core/explaining/hidden-layer.ts';
import type { LabelledNeighbours } from '../core/explaining/nearest.ts';
import type { Graph } from '../core/network/graph.ts';
import type { BackendChoice, BackendReport, MemoryReport } from '../core/training/backend.ts';
import { DEFAULT_RECIPE, type Recipe } from '../core/training/recipe.ts';
import { TrainingSet, type TrainingSetOptions } from '../dataset/training-set.ts';
import { abortable } from './abortable.ts';
import { DataFeed } from './data-feed.ts';
import { type Device, openDevice } from './device.ts';
import type { Engine, FeatureIndex, Predictor, StreamListener, Trainer } from './engine.ts';
import { NetworkIndex } from './feature-index.ts';
import { type BatchSource, createBatchSource } from './tape/ops/batch-source.ts';
import { NetworkPredictor } from './tape/predictor.ts';
import { type Materials, NetworkTrainer } from './tape/trainer.ts';
import { PlannedPredictor } from './webgl/plan/planned-predictor.ts';
import { PlannedTrainer } from './webgl/plan/planned-trainer.ts';
import { unsupportedReason } from './webgl/plan/unsupported.ts';

/** The engine of this worker or page. tfjs' state is global, so make one. */
export function createEngine(): Engine {
  return new TensorEngine();
}

class TensorEngine implements Engine {
  readonly #data = new DataFeed();
  #opening: Promise<Device> | null = null;
  #device: Device | null = null;
  #sources: Readonly<Record<Split, BatchSource>> | null = null;

  async open(choice: BackendChoice): Promise<BackendReport> {
    this.#closeSources();
    this.#opening = openDevice(choice);
    this.#device = await this.#opening;
    return this.#device.report;
  }

  stream(baseUrl: string, listener: StreamListener): void {
    this.#data.start(baseUrl, listener);
  }

  retryData(): void {
    this.#data.retry();
  }

  images(split: Split, indices: Uint32Array): Uint8Array<ArrayBuffer> {
    return this.#data.pixels(split, indices);
  }

  nearest(pixels: Uint8Array, k: number, signal: AbortSignal): Promise<LabelledNeighbours> {
    return this.#data.nearest(pixels, k, signal);
  }

  async createTrainer(graph: Graph, recipe: Recipe, signal?: AbortSignal): Promise<Trainer> {
    const device = await this.#opening;
    if (device === null) throw new Error('The engine must be opened before it can train.');
    const { store, manifest } = await abortable(this.#data.described, signal);
    const images = new TrainingSet(store, manifest.shards, trainingSetOf(recipe));
    this.#sources ??= { train: createBatchSource(store, 'train'), test: createBatchSource(store, 'test') };
    const trainer = newTrainer(graph, recipe, { device, store, sources: this.#sources, images });
    try {
      await trainer.warmUp();
      return trainer;
    } catch (error) {
      trainer.dispose();
      throw error;
    }
  }

  async createPredictor(graph: Graph, weights: readonly Float32Array[]): Promise<Predictor> {
    const device = await this.#opening;
    if (device === null) throw new Error('The engine must be opened before it can answer.');
    const { gpu } = device;
    // The recipe makes no difference for inference.
    if (gpu === null || unsupportedReason(graph, DEFAULT_RECIPE, gpu) !== null)
      return new NetworkPredictor(graph, weights, device);
    return new PlannedPredictor(graph, weights, gpu, device);
  }

  createIndex(graph: Graph, network: Predictor): FeatureIndex {
    return new NetworkIndex(network, lastHidden(graph).width, () => this.#data.arrived());
  }

  memory(): MemoryReport {
    return this.#device?.memory() ?? { tensors: 0, bytes: 0 };
  }

  /** Their contents belong to the previous device. */
  #closeSources(): void {
    this.#sources?.train.dispose();
    this.#sources?.test.dispose();
    this.#sources = null;
  }
}

/** The recipe's choice of images. Where the test set validates, nothing is set aside. */
function trainingSetOf({ trainingImages, validateOn, validationSplit, labelNoise, seed }: Recipe): TrainingSetOptions {
  const validationFraction = validateOn === 'test' ? 0 : validationSplit;
  return { images: trainingImages, validationFraction, labelNoise, seed };
}

/** The trainer that is fastest here: kernels of our own where they can carry the training out, and else tfjs' tape. */
function newTrainer(graph: Graph, recipe: Recipe, materials: Materials): NetworkTrainer | PlannedTrainer {
  const { device, store, images } = materials;
  const { gpu } = device;
  if (gpu === null || unsupportedReason(graph, recipe, gpu) !== null)
    return new NetworkTrainer(graph, recipe, materials);
  return new PlannedTrainer(graph, recipe, { gpu, device, store, images });
}
