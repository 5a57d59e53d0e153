import { classCountOf, type DatasetSpec } from '../../core/dataset/spec.ts';
import type { SampleStore } from '../../dataset/store.ts';
import type { TrainingSet } from '../../dataset/training-set.ts';
import type { RunClassWeights } from '../class-weights.ts';
import type { Extent } from './fold.ts';
import type { Gpu } from './gpu.ts';
import { OrderTexture, SampleTexture } from './sample-texture.ts';
import type { Texture } from './texture.ts';

/** What a training takes its batches from. */
export interface FeedMaterials {
  readonly gpu: Gpu;
  readonly store: SampleStore;
  readonly trainingSet: TrainingSet;
  /** How many of the store are trained on. */
  readonly samples: number;
  /** Null where all classes count the same. */
  readonly classWeights: RunClassWeights | null;
}

/** The size of the texture that holds the weight of each class. */
export function classWeightsExtent(spec: DatasetSpec): Extent {
  return { width: classCountOf(spec), height: 1, layers: 1 };
}

/** The samples of a training on the device, with the order in which batches take them: uploaded once an epoch, not at each step. */
export class TrainingFeed {
  readonly samples: SampleTexture;
  readonly order: OrderTexture;
  /** A texel with the weight of each class; null where all count the same. */
  readonly classWeights: Texture | null;
  readonly #materials: FeedMaterials;
  #weightsWritten = false;
  /** The epoch whose order is on the device, how many places of it, and how many samples are there. */
  #uploaded = { epoch: -1, places: 0, samples: 0 };

  constructor(materials: FeedMaterials) {
    const { gpu, store, samples, classWeights } = materials;
    this.#materials = materials;
    this.samples = new SampleTexture(gpu, store.spec, samples);
    // Room for all: how many are set aside for validation is known only when the data set has been opened.
    this.order = new OrderTexture(gpu, samples);
    this.classWeights = classWeights && gpu.texture(classWeightsExtent(store.spec));
  }

  /** Uploads the first `count` places of an epoch's order, their samples and the class weights, if they are not on the device. */
  async bring(epoch: number, count: number, signal: AbortSignal): Promise<void> {
    const { trainingSet } = this.#materials;
    const needed = Math.min(count, trainingSet.trainCount);
    const { epoch: known, places } = this.#uploaded;
    if (known !== epoch || places < needed) {
      const order = await trainingSet.order(epoch, needed, signal);
      this.order.write(order);
      this.#uploaded = { ...this.#uploaded, epoch, places: order.length };
      this.bringSamples();
    }
    await this.#bringWeights(signal);
  }

  /** Uploads the training samples that have arrived since the last time. */
  bringSamples(): void {
    const { store, trainingSet, samples } = this.#materials;
    const from = this.samples.rowStart(this.#uploaded.samples);
    const to = Math.min(store.arrived('train'), samples);
    if (to <= this.#uploaded.samples) return;
    const values = store.values('train').subarray(from * store.sampleBytes, to * store.sampleBytes);
    this.samples.write(from, values, trainingSet.labels().subarray(from, to));
    this.#uploaded = { ...this.#uploaded, samples: to };
  }

  dispose(): void {
    this.samples.dispose();
    this.order.dispose();
    if (this.classWeights !== null) this.#materials.gpu.free(this.classWeights);
  }

  /** Once they are known, once. */
  async #bringWeights(signal: AbortSignal): Promise<void> {
    const { gpu, classWeights } = this.#materials;
    if (this.classWeights === null || this.#weightsWritten) return;
    const weights = (await classWeights?.read(signal)) ?? [];
    gpu.write(this.classWeights, Float32Array.from(weights.flatMap((weight) => [weight, 0, 0, 0])));
    this.#weightsWritten = true;
  }
}
