// The gradients register with the core, which must be loaded first.
import '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { enableProdMode, memory, setBackend, type Tensor } from '@tensorflow/tfjs-core';
import type { BackendChoice, BackendReport, MemoryReport } from '../core/training/backend.ts';
import { deviceName, isSoftware } from './device-name.ts';
import { LossWatch } from './loss-watch.ts';
import { loaded } from './not-loaded-error.ts';
import { OutOfMemoryError } from './out-of-memory-error.ts';
import { freeTexturePool, NoWebglError, openWebgl, rendererOf } from './tape/open-webgl.ts';
import type { WasmBackend } from './wasm/backend.ts';
import type { Gpu } from './webgl/gpu.ts';
import { openGpu } from './webgl/open-gpu.ts';
import type { Gpu as Webgpu } from './webgpu/gpu.ts';

/** Where the arithmetic runs. tfjs knows one at a time. */
export interface Device {
  readonly report: BackendReport;
  /** The GPU as our training kernels use it; null where they do not work and tfjs' own are used. */
  readonly gpu: Gpu | null;
  /** The same for WebGPU. */
  readonly webgpu?: Webgpu | null;
  /** Throws a GpuLostError when the GPU is lost: tfjs itself would continue with zeros. */
  throwIfLost(): void;
  /** Throws an OutOfMemoryError where there was no room for what was made since the last look. */
  throwIfFull(): void;
  /** The values of a tensor, row by row. Rejects with a GpuLostError when the GPU goes before they are there. */
  read(tensor: Tensor): Promise<Float32Array<ArrayBuffer>>;
  memory(): MemoryReport;
  /** Returns free memory that is kept for reuse to the system. */
  trim(): void;
}

/** Opens what was chosen, or the best that works: the GPU, the processor by WebAssembly, the processor by JavaScript. */
export async function openDevice(choice: BackendChoice): Promise<Device> {
  enableProdMode();
  switch (choice) {
    case 'cpu':
      return openCpu(null);
    case 'wasm':
      return openProcessor(null);
    case 'webgpu':
      return openWebgpuOrProcessor();
    case 'webgl':
    case 'auto':
      return openGpuOrProcessor(choice);
    default:
      return choice satisfies never;
  }
}

async function openGpuOrProcessor(choice: 'webgl' | 'auto'): Promise<Device> {
  try {
    const backend = await openWebgl();
    if (choice === 'webgl' || !isSoftware(rendererOf(backend))) return new WebglDevice(backend);
    return openProcessor(
      'The browser draws without a GPU, so training runs on the processor with WebAssembly, which is faster here.',
    );
  } catch (error) {
    if (!(error instanceof NoWebglError)) throw error;
    return openProcessor(
      `${error.message}, so training runs on the processor, which is slower. Try hardware acceleration in the browser's settings, or another browser.`,
    );
  }
}

async function openWebgpuOrProcessor(): Promise<Device> {
  const [{ NoWebgpuError, openWebgpu }, { openGpu: openWebgpuKernels }] = await Promise.all([
    loaded(import('./tape/open-webgpu.ts')),
    loaded(import('./webgpu/open-gpu.ts')),
  ]);
  try {
    const { backend, device } = await openWebgpu();
    const watch = new LossWatch();
    backend.device.lost.then(() => watch.lose());
    const webgpu = await openWebgpuKernels(backend.device, watch);
    return {
      report: { backend: 'webgpu', device, fallback: null },
      gpu: null,
      webgpu,
      throwIfLost: () => watch.throwIfLost(),
      throwIfFull: () => {},
      read: async (tensor) => (await watch.unlessLost(() => tensor.data<'float32'>())).slice(),
      memory: () => {
        const { buffers, bytes } = webgpu ?? { buffers: 0, bytes: 0 };
        return { tensors: memory().numTensors + buffers, bytes: backend.memory().numBytesInGPU + bytes };
      },
      trim: () => {},
    };
  } catch (error) {
    if (!(error instanceof NoWebgpuError)) throw error;
    return openProcessor(`${error.message}, so training runs on the processor, which is slower.`);
  }
}

/** WebAssembly, or JavaScript where the browser is too old for it or has no memory left. */
async function openProcessor(fallback: string | null): Promise<Device> {
  const { NoWasmError, openWasm } = await loaded(import('./wasm/open.ts'));
  try {
    return wasmDevice(await openWasm(), fallback);
  } catch (error) {
    if (!(error instanceof NoWasmError)) throw error;
    const reason = `${error.message}, so training runs in plain JavaScript, many times slower.`;
    return openCpu(fallback === null ? reason : `${fallback} ${reason}`);
  }
}

function wasmDevice({ processor, tables }: WasmBackend, fallback: string | null): Device {
  const threads = processor.threads === 1 ? '1 thread' : `${processor.threads} threads`;
  return {
    report: { backend: 'wasm', device: threads, fallback },
    gpu: null,
    throwIfLost: () => {},
    // Without room nothing can be made there in the first place.
    throwIfFull: () => {},
    read: async (tensor) => (await tensor.data<'float32'>()).slice(),
    memory: () => ({ tensors: memory().numTensors, bytes: processor.heap.used }),
    trim: () => tables.clear(),
  };
}

/** Loaded only where it is needed: few browsers lack WebGL. */
async function openCpu(fallback: string | null): Promise<Device> {
  await loaded(import('@tensorflow/tfjs-backend-cpu'));
  await setBackend('cpu');
  return {
    report: { backend: 'cpu', device: null, fallback },
    gpu: null,
    throwIfLost: () => {},
    // Without room nothing can be made there in the first place.
    throwIfFull: () => {},
    read: async (tensor) => (await tensor.data<'float32'>()).slice(),
    memory: () => ({ tensors: memory().numTensors, bytes: memory().numBytes }),
    trim: () => {},
  };
}

class WebglDevice implements Device {
  readonly report: BackendReport;
  readonly gpu: Gpu | null;
  readonly #backend: MathBackendWebGL;
  readonly #watch = new LossWatch();

  constructor(backend: MathBackendWebGL) {
    this.#backend = backend;
    this.report = { backend: 'webgl', device: deviceName(rendererOf(backend)), fallback: null };
    this.gpu = openGpu(backend);
    backend.gpgpu.gl.canvas.addEventListener('webglcontextlost', () => this.#watch.lose());
  }

  throwIfLost(): void {
    // The event that tells of a loss comes later.
    if (this.#backend.gpgpu.gl.isContextLost()) this.#watch.lose();
    this.#watch.throwIfLost();
  }

  throwIfFull(): void {
    const { gl } = this.#backend.gpgpu;
    if (gl.getError() === gl.OUT_OF_MEMORY) throw new OutOfMemoryError(this.memory().bytes);
  }

  async read(tensor: Tensor): Promise<Float32Array<ArrayBuffer>> {
    return (await this.#watch.unlessLost(() => tensor.data<'float32'>())).slice();
  }

  memory(): MemoryReport {
    const { textures, bytes } = this.gpu ?? { textures: 0, bytes: 0 };
    return {
      tensors: memory().numTensors + textures,
      bytes: this.#backend.memory().numBytesInGPUAllocated + bytes,
    };
  }

  trim(): void {
    freeTexturePool(this.#backend);
  }
}
