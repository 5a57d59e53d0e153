import type { Area, Pass, Uniforms } from '../kernels/gpu.ts';

/** What changes from one pass through the network to the next. */
export interface StepCall {
  /** The place of the batch's first image in the order, and how many places the order has. */
  readonly place: readonly [number, number];
  /** Steps done before this one, over the whole run. */
  readonly step: number;
  readonly learningRate: number;
  /** From which dropout draws. */
  readonly seed: number;
}

/** One draw of a plan, with what it takes from the call. */
export interface Draw {
  readonly pass: Pass;
  readonly uniforms?: (call: StepCall) => Uniforms;
  readonly area?: (call: StepCall) => Area;
}
