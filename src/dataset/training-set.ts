import { at } from '../core/at.ts';
import { classCountOf } from '../core/dataset/spec.ts';
import { permutation, streamKey } from '../core/random.ts';
import { noisyCount, withNoise } from '../core/training/label-noise.ts';
import type { Block } from './manifest.ts';
import { batchAt, shuffleEpoch, shuffleShard, stepsPerEpoch } from './order.ts';
import { splitShard, type TrainingSplit, validationCount } from './split.ts';
import type { SampleStore } from './store.ts';

/** The choices of the recipe that say which samples are trained on. */
export interface TrainingSetOptions {
  /** How many samples to take, from the first shard on, validation included. */
  readonly samples: number;
  /** The share of each shard that is set aside for validation, from 0 to below 1. */
  readonly validationFraction: number;
  readonly seed: number;
  /** The share of the training labels that is replaced by wrong ones; none where it is left out. */
  readonly labelNoise?: number;
}

/** What a training set takes of one shard; positions count over the whole training split. */
interface ShardPart {
  readonly first: number;
  readonly end: number;
  /** Training samples in this shard and all before it. */
  readonly trainEnd: number;
}

/**
 * Which samples a run trains on and validates on, and in which order. All of it follows from the options and the labels;
 * when the samples arrive changes only how long its methods wait.
 */
export class TrainingSet {
  /** Samples trained on. */
  readonly trainCount: number;
  /** Samples set aside for validation. */
  readonly validationCount: number;
  readonly #store: SampleStore;
  readonly #classes: number;
  readonly #options: TrainingSetOptions;
  readonly #parts: readonly ShardPart[];
  readonly #splits: TrainingSplit[] = [];
  /** Classes as they are trained on, filled shard by shard: [samples]. */
  readonly #labels: Uint8Array<ArrayBuffer>;
  /** The first epoch's order, filled shard by shard: [trainCount]. */
  readonly #firstOrder: Uint32Array<ArrayBuffer>;
  #laterOrder: { readonly epoch: number; readonly order: Uint32Array<ArrayBuffer> } | null = null;

  /** Throws a RangeError when there are fewer samples than asked for, or the fraction makes no sense. */
  constructor(store: SampleStore, shards: readonly Block[], options: TrainingSetOptions) {
    const parts = planParts(shards, options);
    const last = parts.at(-1);
    if (last?.end !== options.samples) throw new RangeError(`There are no ${options.samples} samples to train on.`);
    this.#store = store;
    this.#classes = classCountOf(store.spec);
    this.#options = options;
    this.#parts = parts;
    this.trainCount = last.trainEnd;
    this.validationCount = options.samples - last.trainEnd;
    this.#firstOrder = new Uint32Array(this.trainCount);
    this.#labels = new Uint8Array(options.samples);
  }

  /** Steps of an epoch; the last batch wraps around. */
  stepsPerEpoch(batchSize: number): number {
    return stepsPerEpoch(this.trainCount, batchSize);
  }

  /**
   * Positions of the samples of one step: [batchSize]. The first epoch, 0, waits for no more shards than the step needs;
   * a later one for all of them.
   */
  async batch(epoch: number, step: number, batchSize: number, signal?: AbortSignal): Promise<Uint32Array<ArrayBuffer>> {
    if (epoch > 0) return batchAt(await this.#order(epoch, signal), step, batchSize);
    await this.#waitForTraining(Math.min((step + 1) * batchSize, this.trainCount), signal);
    return batchAt(this.#firstOrder, step, batchSize);
  }

  /**
   * The order of an epoch, from its first place to at least `count` places, for callers that keep the order instead of
   * asking for each batch. `batch` takes its positions from it, wrapping around. Waits like `batch`.
   */
  async order(epoch: number, count: number, signal?: AbortSignal): Promise<Uint32Array<ArrayBuffer>> {
    if (epoch > 0) return this.#order(epoch, signal);
    await this.#waitForTraining(Math.min(count, this.trainCount), signal);
    return this.#firstOrder.subarray(0, this.#parts[this.#splits.length - 1]?.trainEnd ?? 0);
  }

  /** Positions of all training and all validation samples, ascending, once all have arrived. */
  async split(signal?: AbortSignal): Promise<TrainingSplit> {
    await this.#store.waitFor('train', this.#options.samples, signal);
    this.#takeShards(this.#parts.length);
    return {
      train: concatenate(this.#splits.map(({ train }) => train)),
      validation: concatenate(this.#splits.map(({ validation }) => validation)),
    };
  }

  /**
   * Classes as they are trained on: those of the store but for label noise, which leaves validation samples alone. A view
   * of the samples whose shards have arrived, [arrived].
   */
  labels(): Uint8Array<ArrayBuffer> {
    const arrived = this.#store.arrived('train');
    const parts = this.#parts.filter(({ end }) => end <= arrived);
    this.#takeShards(parts.length);
    return this.#labels.subarray(0, parts.at(-1)?.end ?? 0);
  }

  /**
   * Some training samples, drawn by the seed; as many as there are for validation, so that the gap compares sets of one
   * size.
   */
  async trainSample(signal?: AbortSignal, count = this.validationCount): Promise<Uint32Array<ArrayBuffer>> {
    const { train } = await this.split(signal);
    const drawn = permutation(train.length, streamKey(this.#options.seed, 'sample')).subarray(0, count);
    return drawn.map((position) => train[position] ?? 0).sort();
  }

  async #order(epoch: number, signal: AbortSignal | undefined): Promise<Uint32Array<ArrayBuffer>> {
    if (this.#laterOrder?.epoch === epoch) return this.#laterOrder.order;
    const { train } = await this.split(signal);
    const order = shuffleEpoch(train, this.#options.seed, epoch);
    this.#laterOrder = { epoch, order };
    return order;
  }

  /** Waits until the first `count` places of the first epoch's order are filled. */
  async #waitForTraining(count: number, signal: AbortSignal | undefined): Promise<void> {
    const needed = this.#parts.findIndex(({ trainEnd }) => trainEnd >= count);
    const part = this.#parts[needed];
    if (part === undefined) throw new RangeError(`There are ${this.trainCount} training samples, not ${count}.`);
    await this.#store.waitFor('train', part.end, signal);
    this.#takeShards(needed + 1);
  }

  /** Splits and orders the first `count` shards, which have arrived. */
  #takeShards(count: number): void {
    const { seed, validationFraction } = this.#options;
    const labels = this.#store.labels('train');
    for (let shard = this.#splits.length; shard < count; shard++) {
      const { first, end } = at(this.#parts, shard);
      const { train, validation } = splitShard(
        labels.subarray(first, end),
        this.#classes,
        validationFraction,
        seed,
        shard,
      );
      const split = { train: train.map((at) => at + first), validation: validation.map((at) => at + first) };
      const place = this.#parts[shard - 1]?.trainEnd ?? 0;
      this.#firstOrder.set(shuffleShard(split.train, seed, shard), place);
      this.#labels.set(labels.subarray(first, end), first);
      this.#addNoise(split.train, place, shard);
      this.#splits.push(split);
    }
  }

  /** Gives some of a shard's training samples wrong labels; `place` counts the training samples of the shards before. */
  #addNoise(samples: Uint32Array, place: number, shard: number): void {
    const { seed, labelNoise = 0 } = this.#options;
    const count = noisyCount(labelNoise, place, place + samples.length);
    const labels = Uint8Array.from(samples, (sample) => this.#labels[sample] ?? 0);
    const noisy = withNoise(labels, count, streamKey(seed, 'labelNoise', shard), this.#classes);
    for (const [i, sample] of samples.entries()) this.#labels[sample] = noisy[i] ?? 0;
  }
}

/** The first shards, up to `samples`; the last of them in part. */
function planParts(shards: readonly Block[], { samples, validationFraction }: TrainingSetOptions): ShardPart[] {
  const parts: ShardPart[] = [];
  let first = 0;
  let trainEnd = 0;
  for (const { split, count } of shards) {
    if (split !== 'train' || first === samples) continue;
    const taken = Math.min(count, samples - first);
    trainEnd += taken - validationCount(taken, validationFraction);
    parts.push({ first, end: first + taken, trainEnd });
    first += taken;
  }
  return parts;
}

function concatenate(lists: readonly Uint32Array[]): Uint32Array<ArrayBuffer> {
  const joined = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    joined.set(list, at);
    at += list.length;
  }
  return joined;
}
