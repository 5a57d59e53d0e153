import { type Buffer, bytesOf } from '../step/buffer.ts';
import type { Gpu } from './gpu.ts';

/** Buffers that stay from step to step, in memory of their own. They start at 0. */
export class LastingBuffers {
  readonly #gpu: Gpu;
  readonly #places: ReadonlyMap<Buffer, GPUBuffer>;

  constructor(gpu: Gpu, buffers: readonly Buffer[]) {
    this.#gpu = gpu;
    this.#places = new Map(buffers.map((buffer) => [buffer, gpu.buffer(bytesOf(buffer))]));
  }

  /** Where a buffer lies; an Error where it is none of these. */
  of(buffer: Buffer): GPUBuffer {
    const place = this.#places.get(buffer);
    if (place === undefined) throw new Error(`${buffer.name} has no place in memory.`);
    return place;
  }

  dispose(): void {
    for (const place of this.#places.values()) this.#gpu.free(place);
  }
}
