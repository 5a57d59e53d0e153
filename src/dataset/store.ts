import { IMAGE_BYTES } from '../core/dataset/stream-events.ts';
import type { Split } from './manifest.ts';

/** Images with their classes. */
export interface LabelledImages {
  /** Class numbers 0 ... 9: [n]. */
  readonly labels: Uint8Array<ArrayBuffer>;
  /** Gray values: [n, 784]. */
  readonly pixels: Uint8Array<ArrayBuffer>;
}

interface Part extends LabelledImages {
  readonly total: number;
  arrived: number;
}

interface Waiter {
  readonly split: Split;
  readonly count: number;
  readonly resolve: () => void;
}

/**
 * The images that have arrived, as bytes: 47 MB for the 60,000 training images and 8 MB for the 10,000 test images,
 * allocated at once (the system provides memory only as it is filled), so that no image is ever copied to a larger
 * buffer.
 */
export class ImageStore {
  readonly #parts: Readonly<Record<Split, Part>>;
  readonly #waiters = new Set<Waiter>();

  constructor(totals: Readonly<Record<Split, number>>) {
    this.#parts = { train: emptyPart(totals.train), test: emptyPart(totals.test) };
  }

  /** How many images the split will have. */
  total(split: Split): number {
    return this.#parts[split].total;
  }

  /** How many of the split's images are there: always its first ones. */
  arrived(split: Split): number {
    return this.#parts[split].arrived;
  }

  /** Classes of the images that have arrived: a view, [arrived]. */
  labels(split: Split): Uint8Array<ArrayBuffer> {
    const { labels, arrived } = this.#parts[split];
    return labels.subarray(0, arrived);
  }

  /** Pixels of the images that have arrived: a view, [arrived, 784]. */
  pixels(split: Split): Uint8Array<ArrayBuffer> {
    const { pixels, arrived } = this.#parts[split];
    return pixels.subarray(0, arrived * IMAGE_BYTES);
  }

  /** Appends images to a split; `first` must be where its images end so far. */
  add(split: Split, first: number, { labels, pixels }: LabelledImages): void {
    const part = this.#parts[split];
    if (first !== part.arrived) throw new RangeError(`Image ${first} came where image ${part.arrived} was due.`);
    if (pixels.length !== labels.length * IMAGE_BYTES) throw new RangeError('Every image needs one label.');
    part.labels.set(labels, first);
    part.pixels.set(pixels, first * IMAGE_BYTES);
    part.arrived += labels.length;
    this.#wake();
  }

  /**
   * Resolves when the first `count` images of a split are there. While the stream is paused by a failure it keeps
   * waiting, because a retry goes on where the stream stopped; only the signal ends the wait early, with its reason.
   */
  async waitFor(split: Split, count: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const { arrived, total } = this.#parts[split];
    if (count > total) throw new RangeError(`There are ${total} images in ${split}, not ${count}.`);
    if (arrived < count) await this.#wait(split, count, signal);
  }

  /** Copies of the images at these positions, in this order. Throws a RangeError where one has not arrived. */
  gather(split: Split, indices: ArrayLike<number>): LabelledImages {
    const from = this.#parts[split];
    const labels = new Uint8Array(indices.length);
    const pixels = new Uint8Array(indices.length * IMAGE_BYTES);
    for (let i = 0; i < indices.length; i++) {
      const index = indices[i] ?? -1;
      const label = index < from.arrived ? from.labels[index] : undefined;
      if (label === undefined) throw new RangeError(`Image ${index} of ${split} has not arrived.`);
      labels[i] = label;
      pixels.set(from.pixels.subarray(index * IMAGE_BYTES, (index + 1) * IMAGE_BYTES), i * IMAGE_BYTES);
    }
    return { labels, pixels };
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

function emptyPart(total: number): Part {
  return { total, arrived: 0, labels: new Uint8Array(total), pixels: new Uint8Array(total * IMAGE_BYTES) };
}
