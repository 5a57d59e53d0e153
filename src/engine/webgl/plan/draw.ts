import type { Area, Pass, Uniforms } from '../gpu.ts';
import type { Variation } from '../kernels/varied-gray.ts';

/** What changes from one pass through the network to the next. */
export interface StepCall {
  /** The place of the batch's first image in the order, and how many places the order has. */
  readonly place: readonly [number, number];
  /** Steps done before this one, over the whole run. */
  readonly step: number;
  readonly learningRate: number;
  /** The share of each weight that is taken away before it moves, times the learning rate. */
  readonly weightDecay: number;
  /** From which dropout draws. */
  readonly seed: number;
  /** A rate for every dropout in place of its own; null: each its own. */
  readonly dropout: number | null;
  /** How the images are varied; null: not at all. */
  readonly variation: Variation | null;
}

/** A pass that only answers: the first images in order, as they are. */
export function answering(first: number, images: number): StepCall {
  const place = [first, images] as const;
  return { place, step: 0, learningRate: 0, weightDecay: 0, seed: 0, dropout: null, variation: null };
}

/** One draw of a plan, with what it takes from the call. */
export interface Draw {
  readonly pass: Pass;
  readonly uniforms?: (call: StepCall) => Uniforms;
  readonly area?: (call: StepCall) => Area;
  /** Whether it is drawn at all; always where it is left out. */
  readonly when?: (call: StepCall) => boolean;
  /** Drawn when the whole backward pass is done. */
  readonly last?: boolean;
  /** Compiled when it is first drawn, because it may never be. */
  readonly late?: boolean;
}
