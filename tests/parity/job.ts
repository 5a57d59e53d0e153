/** Who carries the steps out: the app's engine as it chooses, or tfjs' tape. */
export type Way = 'chosen' | 'tape';

/** What one fresh worker is asked to train. */
export interface ParityJob {
  /** Of the case. */
  readonly id: string;
  readonly seed: number;
  /** How many of the case's steps, from the first one on. */
  readonly steps: number;
  readonly backend: 'cpu' | 'wasm' | 'webgl' | 'webgpu';
  readonly way: Way;
  /** Where the data set lies, ending in a slash. */
  readonly dataUrl: string;
}

/** What came of it. */
export interface ParityResult {
  /** Of each step; none where WebGPU has no kernels of ours for the case. */
  readonly losses: readonly number[];
  /** Whether steps were recorded, or went by tfjs' tape. */
  readonly isRecorded: boolean;
  /** What the images are answered after the last step: the loss of all of them; null where that is not compared or the steps are not all taken. */
  readonly answered: number | null;
  /** What did the arithmetic. */
  readonly device: string;
}
