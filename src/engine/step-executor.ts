import type { StepMetrics } from '../core/evaluation/evaluation.ts';
import type { Buffer } from './step/buffer.ts';
import type { StepCall } from './step/step-call.ts';

/** The batch of a step. */
export interface StepBatch {
  /** The epoch, and how many samples of its order come before the batch: an executor may keep the order of an epoch on its device. */
  readonly epoch: number;
  readonly first: number;
  /** Positions in the training split: [batch]. */
  readonly indices: Uint32Array;
  /** Classes that they are trained on: [batch]. */
  readonly labels: Uint8Array;
  /** What each sample's loss is multiplied by: [batch]; null where all count the same. */
  readonly weights: Float32Array | null;
}

/** Carries a recorded step out on one device. Owns its memory until `dispose`. */
export interface StepExecutor {
  /** Allocates and compiles all that a step needs; an OutOfMemoryError where there is no room. Slots are 0, weights are not yet written. */
  prepare(): Promise<void>;
  /**
   * Takes a step; resolves when another may be asked for, which is not when it is done. The samples must have arrived. May reject with
   * an AbortError when aborted: then weights and slots are as they were before.
   */
  run(call: StepCall, batch: StepBatch, signal: AbortSignal): Promise<void>;
  /** The metrics of all steps since the last reading. */
  readMetrics(): Promise<StepMetrics>;
  /** Forgets metrics that were not read; the next step is step `step` of the run. */
  restart(step: number): Promise<void>;
  /** The values of weights or slots. Lets messages in where they are many, and then rejects with an AbortError when aborted. */
  read(buffers: readonly Buffer[], signal?: AbortSignal): Promise<readonly Float32Array<ArrayBuffer>[]>;
  write(buffer: Buffer, values: Float32Array): void;
  dispose(): void;
}
