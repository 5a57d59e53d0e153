/**
 * Where the arithmetic may run: on the GPU by WebGL, for which this app has kernels of its own, or by WebGPU as tfjs has
 * it; on the processor by WebAssembly, or by JavaScript alone. `auto` takes the fastest that works.
 */
export const BACKEND_CHOICES = ['auto', 'webgl', 'wasm', 'cpu', 'webgpu'] as const;

export type BackendChoice = (typeof BACKEND_CHOICES)[number];

export type Backend = Exclude<BackendChoice, 'auto'>;

/** What each backend is called. */
export const BACKEND_NAMES: { readonly [Name in Backend]: string } = {
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
  webgpu: 'WebGPU',
};

/** The backend to fall back to from another; null where there is none. */
export function nextBackend(backend: Backend): Backend | null {
  const order = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;
  return order[order.indexOf(backend) + 1] ?? null;
}

/** What was opened, and why. */
export interface BackendReport {
  readonly backend: Backend;
  /** The device as the driver names it, such as `Apple M2`, or `4 threads`; null where there is nothing to name. */
  readonly device: string | null;
  /** Why it is not the GPU, as a sentence for the student; null when it is, or when something else was asked for. */
  readonly fallback: string | null;
}

/** What the engine holds on the device. */
export interface MemoryReport {
  readonly tensors: number;
  readonly bytes: number;
}

/** More threads than this gain little on batches of a hundred images. */
const MOST_THREADS = 8;

/** How many threads WebAssembly trains on with so many processor cores, where the browser allows several. */
export function mostThreads(cores: number): number {
  return Math.max(1, Math.min(MOST_THREADS, cores));
}
