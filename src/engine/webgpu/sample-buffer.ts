import { type DatasetSpec, sampleBytesOf } from '../../core/dataset/spec.ts';
import type { Gpu } from './gpu.ts';

interface Counts {
  readonly samples: number;
  readonly batch: number;
}

/** The bytes of the buffer of samples, in whole words, and of that of their positions. */
export function sampleBuffersBytes(
  dataset: DatasetSpec,
  { samples, batch }: Counts,
): { readonly stored: number; readonly indices: number } {
  return { stored: 4 * Math.ceil((samples * sampleBytesOf(dataset)) / 4), indices: 4 * batch };
}

/** The training samples on the device, as they are stored, and which of them make up the batch. */
export class SampleBuffer {
  readonly stored: GPUBuffer;
  /** Positions of the batch's samples: [batch]. */
  readonly indices: GPUBuffer;
  readonly #gpu: Gpu;
  #written = 0;

  constructor(gpu: Gpu, dataset: DatasetSpec, { samples, batch }: Counts) {
    const { stored, indices } = sampleBuffersBytes(dataset, { samples, batch });
    this.#gpu = gpu;
    this.stored = gpu.buffer(stored);
    this.indices = gpu.buffer(indices);
  }

  /** Uploads what has arrived since the last time. `values`: bytes of the samples from the first on. */
  bring(values: Uint8Array): void {
    const end = Math.min(values.length, this.stored.size);
    if (end <= this.#written) return;
    // In words of four bytes: the last one may be there already, or not be full.
    const from = this.#written - (this.#written % 4);
    const rest = (4 - ((end - from) % 4)) % 4;
    const bytes = new Uint8Array(end - from + rest);
    bytes.set(values.subarray(from, end));
    this.#gpu.device.queue.writeBuffer(this.stored, from, bytes);
    this.#written = end;
  }

  choose(indices: Uint32Array): void {
    this.#gpu.device.queue.writeBuffer(this.indices, 0, indices.slice());
  }

  dispose(): void {
    this.#gpu.free(this.stored);
    this.#gpu.free(this.indices);
  }
}
