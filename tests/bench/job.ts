/** What one fresh worker is asked to measure. */
export interface Job {
  readonly name: string;
  readonly batch: number;
  readonly backend: 'webgl' | 'webgpu' | 'wasm';
  /** Where the data set lies, ending in a slash. */
  readonly dataUrl: string;
  /** How long the timed steps should take together, in milliseconds. */
  readonly budgetMs: number;
}

/** What came out. Counts are of the steady step; draws are dispatches on WebGPU; bytes are those
 * of textures or buffers, 0 where there is no GPU. */
export interface Measurement {
  /** Timed steps. */
  readonly steps: number;
  readonly msPerStep: number;
  /** From nothing to the end of the first step: building the network, compiling its shaders, training on one batch. */
  readonly firstStepMs: number;
  readonly drawsPerStep: number;
  readonly uploadsPerStep: number;
  readonly readbacksPerStep: number;
  readonly gpuBytes: number;
  /** What did the arithmetic, as the driver names it. */
  readonly device: string;
}

/** The fastest matrix product that unmodified tfjs makes here. */
export interface ProductMeasurement {
  readonly gflops: number;
}

/** What a worker answers. */
export type Answer<Result> = { readonly result: Result } | { readonly error: string };
