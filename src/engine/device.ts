// First, because it registers the flags that the gradients look up.
import '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { enableProdMode, memory, setBackend, type Tensor } from '@tensorflow/tfjs-core';
import type { BackendChoice, BackendReport, MemoryReport } from '../core/backend.ts';
import { deviceName } from './device-name.ts';
import { GpuLostError } from './gpu-lost-error.ts';
import { freeTexturePool, NoWebglError, openWebgl, rendererOf } from './webgl.ts';

/** Where the arithmetic runs. tfjs knows one at a time. */
export interface Device {
  readonly report: BackendReport;
  /** Throws a GpuLostError once the GPU is gone: tfjs itself would go on and give zeros. */
  throwIfLost(): void;
  /** The values of a tensor, row by row. Rejects with a GpuLostError when the GPU goes before they are there. */
  read(tensor: Tensor): Promise<Float32Array<ArrayBuffer>>;
  memory(): MemoryReport;
  /** Gives memory that is free, and kept for reuse, back to the system. */
  trim(): void;
}

/** Opens the GPU, or the processor where it was chosen or the GPU cannot be had. */
export async function openDevice(choice: BackendChoice): Promise<Device> {
  enableProdMode();
  if (choice === 'cpu') return openCpu('The processor was chosen to train on; the GPU would be many times faster.');
  try {
    return new WebglDevice(await openWebgl());
  } catch (error) {
    if (!(error instanceof NoWebglError)) throw error;
    return openCpu(
      `${error.message}, so training runs on the processor, many times slower. Try hardware acceleration in the browser's settings, or another browser.`,
    );
  }
}

/** Loaded only where it is needed: few browsers lack WebGL. */
async function openCpu(fallback: string): Promise<Device> {
  await import('@tensorflow/tfjs-backend-cpu');
  await setBackend('cpu');
  return {
    report: { backend: 'cpu', device: null, fallback },
    throwIfLost: () => {},
    read: async (tensor) => (await tensor.data<'float32'>()).slice(),
    memory: () => ({ tensors: memory().numTensors, bytes: memory().numBytes }),
    trim: () => {},
  };
}

class WebglDevice implements Device {
  readonly report: BackendReport;
  readonly #backend: MathBackendWebGL;
  readonly #pending = new Set<(error: Error) => void>();
  #lost = false;

  constructor(backend: MathBackendWebGL) {
    this.#backend = backend;
    this.report = { backend: 'webgl', device: deviceName(rendererOf(backend)), fallback: null };
    backend.gpgpu.gl.canvas.addEventListener('webglcontextlost', () => this.#lose());
  }

  throwIfLost(): void {
    if (this.#lost) throw new GpuLostError();
  }

  async read(tensor: Tensor): Promise<Float32Array<ArrayBuffer>> {
    this.throwIfLost();
    const values = await this.#unlessLost(tensor.data<'float32'>());
    this.throwIfLost();
    return values.slice();
  }

  memory(): MemoryReport {
    return { tensors: memory().numTensors, bytes: this.#backend.memory().numBytesInGPUAllocated };
  }

  trim(): void {
    freeTexturePool(this.#backend);
  }

  #unlessLost<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#pending.add(reject);
      work.then(resolve, reject).finally(() => this.#pending.delete(reject));
    });
  }

  /** tfjs would poll a fence of the lost context forever. */
  #lose(): void {
    this.#lost = true;
    for (const reject of this.#pending) reject(new GpuLostError());
  }
}
