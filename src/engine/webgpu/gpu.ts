import type { LossWatch } from '../loss-watch.ts';
import { OutOfMemoryError } from '../out-of-memory-error.ts';

/** Compiled shaders that are kept for the next trainer. */
const MOST_PIPELINES = 512;

/** A WebGPU device as the executor uses it: buffers that are counted, shaders compiled ahead, values read back. */
export class Gpu {
  readonly device: GPUDevice;
  readonly #watch: LossWatch;
  readonly #buffers = new Set<GPUBuffer>();
  readonly #pipelines = new Map<string, Promise<GPUComputePipeline>>();

  /** The watch must learn when the device is lost. */
  constructor(device: GPUDevice, watch: LossWatch) {
    this.device = device;
    this.#watch = watch;
  }

  /** The most bytes of one buffer that a shader sees. */
  get mostBytes(): number {
    const { maxStorageBufferBindingSize, maxBufferSize } = this.device.limits;
    return Math.min(maxStorageBufferBindingSize, maxBufferSize);
  }

  /** Buffers that have not been freed. */
  get buffers(): number {
    return this.#buffers.size;
  }

  get bytes(): number {
    return [...this.#buffers].reduce((sum, { size }) => sum + size, 0);
  }

  /** A buffer of zeros that shaders read and write, and that is copied from and to. */
  buffer(bytes: number): GPUBuffer {
    const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
    return this.#kept({ size: wordsUp(bytes), usage: STORAGE | COPY_SRC | COPY_DST });
  }

  /** A buffer that shaders get their uniforms from. */
  uniforms(bytes: number): GPUBuffer {
    return this.#kept({ size: wordsUp(bytes), usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST });
  }

  free(buffer: GPUBuffer): void {
    if (this.#buffers.delete(buffer)) buffer.destroy();
  }

  /** What `make` makes; an OutOfMemoryError where there was no room for its buffers. */
  async withRoom<Made>(make: () => Promise<Made>): Promise<Made> {
    this.throwIfLost();
    const { device } = this;
    device.pushErrorScope('out-of-memory');
    try {
      return await make();
    } finally {
      const error = await device.popErrorScope();
      // biome-ignore lint/correctness/noUnsafeFinally: what was made is of no use without its memory.
      if (error !== null) throw new OutOfMemoryError(this.bytes);
    }
  }

  /** Whether there is room for buffers of so many bytes beside those that there are. They are made for it, and freed. */
  async hasRoomFor(sizes: readonly number[]): Promise<boolean> {
    const made: GPUBuffer[] = [];
    try {
      await this.withRoom(async () => {
        for (const bytes of sizes) made.push(this.buffer(bytes));
      });
      return true;
    } catch (error) {
      if (error instanceof OutOfMemoryError) return false;
      throw error;
    } finally {
      for (const buffer of made) this.free(buffer);
    }
  }

  /** A shader, compiled beside others. */
  pipeline(code: string): Promise<GPUComputePipeline> {
    const known = this.#pipelines.get(code);
    if (known !== undefined) return known;
    const module = this.device.createShaderModule({ code });
    const compiled = this.device.createComputePipelineAsync({
      layout: 'auto',
      compute: { module, entryPoint: 'main' },
    });
    const [oldest] = this.#pipelines.keys();
    if (oldest !== undefined && this.#pipelines.size >= MOST_PIPELINES) this.#pipelines.delete(oldest);
    this.#pipelines.set(code, compiled);
    return compiled;
  }

  /** Resolves when all that was submitted so far is done; rejects with a GpuLostError. */
  settled(): Promise<unknown> {
    return this.#watch.unlessLost(() => this.device.queue.onSubmittedWorkDone());
  }

  /** Floats of a buffer, `count` from the place `start` on, when all that was submitted before is done. */
  async read(buffer: GPUBuffer, count: number, start = 0): Promise<Float32Array<ArrayBuffer>> {
    const size = 4 * count;
    const copy = this.#kept({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
    try {
      const encoder = this.device.createCommandEncoder();
      encoder.copyBufferToBuffer(buffer, 4 * start, copy, 0, size);
      this.device.queue.submit([encoder.finish()]);
      await this.#watch.unlessLost(() => copy.mapAsync(GPUMapMode.READ));
      return new Float32Array(copy.getMappedRange().slice(0));
    } finally {
      this.free(copy);
    }
  }

  throwIfLost(): void {
    this.#watch.throwIfLost();
  }

  #kept(descriptor: GPUBufferDescriptor): GPUBuffer {
    const buffer = this.device.createBuffer(descriptor);
    this.#buffers.add(buffer);
    return buffer;
  }
}

/** Buffers are written in words of four bytes. */
function wordsUp(bytes: number): number {
  return Math.max(4, 4 * Math.ceil(bytes / 4));
}
