import type { Buffer } from './buffer.ts';
import type { Operation } from './operation.ts';

/** A training step: what is to be done, in order, and the buffers that are seen from outside. */
export interface Step {
  /** In order. Up to `commit` they leave weights and slots as they were: a step may be dropped there, and taken again. */
  readonly operations: readonly Operation[];
  /** How many operations come before the first that changes a weight or a slot. */
  readonly commit: number;
  readonly batch: number;
  /** What the batch is put into. */
  readonly samples: Buffer;
  readonly labels: Buffer;
  /** What each sample's loss is multiplied by; null where all count the same. */
  readonly sampleWeights: Buffer | null;
  /** Loss, penalties included, and how many samples were right: [2] */
  readonly metrics: Buffer;
  /** Every weight as the network answers with it, in the order of the graph: an average where the recipe says so. */
  readonly weights: readonly Buffer[];
  /** Every weight as the step begins with it, in the same order. The same buffers where nothing is averaged. */
  readonly trained: readonly Buffer[];
  /**
   * What the optimizer keeps beside each trained weight, by slot of its definition and then by weight; where weights are averaged, last
   * the trained weights themselves.
   */
  readonly slots: readonly (readonly Buffer[])[];
}

/** The buffers that stay from step to step: weights, slots and metrics. */
export function lastingBuffers({
  weights,
  slots,
  metrics,
}: Pick<Step, 'weights' | 'slots' | 'metrics'>): readonly Buffer[] {
  return [...weights, ...slots.flat(), metrics];
}
