import type { StepCall } from '../../step/step-call.ts';

/** The samples of a step as they are stored. */
export interface BatchValues {
  /** Stored values of all samples, one after another. */
  readonly values: Uint8Array | Float32Array;
  /** What they are divided by. */
  readonly scale: number;
  /** Their positions in the training set. */
  readonly positions: Uint32Array;
  /** Class numbers. */
  readonly labels: Uint8Array;
  /** What each sample's loss is multiplied by; null where all count the same. */
  readonly weights: Float32Array | null;
}

/** All that differs from one step to the next. */
export interface WasmCall extends StepCall {
  readonly batch: BatchValues;
}
