import type { Variation } from '../variation.ts';

/** What differs from one step to the next, and is no value of a buffer. */
export interface StepCall {
  /** Steps done before this one, over the whole run. */
  readonly step: number;
  /** The run's seed, for dropout. */
  readonly seed: number;
  readonly learningRate: number;
  /** Weight decay: this, times the learning rate, is the share of each weight that is subtracted at a step. */
  readonly weightDecay: number;
  /** A rate that replaces that of every dropout layer; null if each keeps its own. */
  readonly dropout: number | null;
  /** How the images are augmented; null for not at all. */
  readonly variation: Variation | null;
}
