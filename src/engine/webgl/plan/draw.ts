import type { Variation } from '../../variation.ts';
import type { Area, Pass, Uniforms } from '../gpu.ts';

/** What changes from one pass through the network to the next. */
export interface StepCall {
  /** The place of the batch's first image in the order, and how many places the order has. */
  readonly place: readonly [number, number];
  /** Steps done before this one, over the whole run. */
  readonly step: number;
  readonly learningRate: number;
  /** Weight decay: this, times the learning rate, is the share of each weight that is subtracted at a step. */
  readonly weightDecay: number;
  /** The run's seed, for dropout. */
  readonly seed: number;
  /** A rate that replaces that of every dropout layer; null if each keeps its own. */
  readonly dropout: number | null;
  /** How the images are augmented; null for not at all. */
  readonly variation: Variation | null;
}

/** A call for inference: `count` places of the order from `first` on, without augmentation. */
export function answering(first: number, count: number): StepCall {
  const place = [first, count] as const;
  return { place, step: 0, learningRate: 0, weightDecay: 0, seed: 0, dropout: null, variation: null };
}

/** One draw of a plan, and what it takes from the call. */
export interface Draw {
  readonly pass: Pass;
  readonly uniforms?: (call: StepCall) => Uniforms;
  readonly area?: (call: StepCall) => Area;
  /** Whether it is drawn at this step; always if left out. */
  readonly when?: (call: StepCall) => boolean;
  /** Drawn after the whole backward pass. */
  readonly last?: boolean;
  /** Compiled only when it is first drawn, because it may never be needed. */
  readonly late?: boolean;
}
