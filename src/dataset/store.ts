import { type DatasetSpec, type Split, sampleBytesOf } from '../core/dataset/spec.ts';

/** Samples with their classes. */
export interface LabelledSamples {
  /** Class numbers, from 0: [n]. */
  readonly labels: Uint8Array<ArrayBuffer>;
  /** The samples as they are stored: [n, bytes of a sample]. */
  readonly values: Uint8Array<ArrayBuffer>;
}

interface Part extends LabelledSamples {
  readonly total: number;
  arrived: number;
}

interface Waiter {
  readonly split: Split;
  readonly count: number;
  readonly resolve: () => void;
}

/**
 * The samples of a data set that have arrived, as bytes. Memory for all of them is allocated at once (the system provides
 * it only as it is filled), so that no sample is ever copied to a larger buffer.
 */
export class SampleStore {
  readonly spec: DatasetSpec;
  /** Bytes of a sample as it is stored. */
  readonly sampleBytes: number;
  readonly #parts: Readonly<Record<Split, Part>>;
  readonly #waiters = new Set<Waiter>();

  constructor(spec: DatasetSpec) {
    this.spec = spec;
    this.sampleBytes = sampleBytesOf(spec);
    this.#parts = {
      train: emptyPart(spec.splits.train, this.sampleBytes),
      test: emptyPart(spec.splits.test, this.sampleBytes),
    };
  }

  /** How many samples the split will have. */
  total(split: Split): number {
    return this.#parts[split].total;
  }

  /** How many of the split's samples are there: always its first ones. */
  arrived(split: Split): number {
    return this.#parts[split].arrived;
  }

  /** Classes of the samples that have arrived: a view, [arrived]. */
  labels(split: Split): Uint8Array<ArrayBuffer> {
    const { labels, arrived } = this.#parts[split];
    return labels.subarray(0, arrived);
  }

  /** The samples that have arrived: a view, [arrived, bytes of a sample]. */
  values(split: Split): Uint8Array<ArrayBuffer> {
    const { values, arrived } = this.#parts[split];
    return values.subarray(0, arrived * this.sampleBytes);
  }

  /** Appends samples to a split; `first` must be where its samples end so far. */
  add(split: Split, first: number, { labels, values }: LabelledSamples): void {
    const part = this.#parts[split];
    if (first !== part.arrived) throw new RangeError(`Sample ${first} came where sample ${part.arrived} was due.`);
    if (values.length !== labels.length * this.sampleBytes) throw new RangeError('Every sample needs one label.');
    part.labels.set(labels, first);
    part.values.set(values, first * this.sampleBytes);
    part.arrived += labels.length;
    this.#wake();
  }

  /**
   * Resolves when the first `count` samples of a split are there. While the stream is paused by a failure it keeps
   * waiting, because a retry goes on where the stream stopped; only the signal ends the wait early, with its reason.
   */
  async waitFor(split: Split, count: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const { arrived, total } = this.#parts[split];
    if (count > total) throw new RangeError(`There are ${total} samples in ${split}, not ${count}.`);
    if (arrived < count) await this.#wait(split, count, signal);
  }

  /** Copies of the samples at these positions, in this order. Throws a RangeError where one has not arrived. */
  gather(split: Split, indices: ArrayLike<number>): LabelledSamples {
    const from = this.#parts[split];
    const size = this.sampleBytes;
    const labels = new Uint8Array(indices.length);
    const values = new Uint8Array(indices.length * size);
    for (let i = 0; i < indices.length; i++) {
      const index = indices[i] ?? -1;
      const label = index < from.arrived ? from.labels[index] : undefined;
      if (label === undefined) throw new RangeError(`Sample ${index} of ${split} has not arrived.`);
      labels[i] = label;
      values.set(from.values.subarray(index * size, (index + 1) * size), i * size);
    }
    return { labels, values };
  }

  #wait(split: Split, count: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = () => {
        this.#waiters.delete(waiter);
        reject(signal?.reason);
      };
      const finish = () => {
        signal?.removeEventListener('abort', cancel);
        resolve();
      };
      const waiter: Waiter = { split, count, resolve: finish };
      this.#waiters.add(waiter);
      signal?.addEventListener('abort', cancel, { once: true });
    });
  }

  #wake(): void {
    for (const waiter of this.#waiters) {
      if (this.#parts[waiter.split].arrived < waiter.count) continue;
      this.#waiters.delete(waiter);
      waiter.resolve();
    }
  }
}

function emptyPart(total: number, sampleBytes: number): Part {
  return { total, arrived: 0, labels: new Uint8Array(total), values: new Uint8Array(total * sampleBytes) };
}
