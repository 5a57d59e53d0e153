/** Memory on the device while training, in bytes, as it is planned before anything is allocated. */
export interface PlannedMemory {
  readonly weights: number;
  /** What the optimizer remembers, and the averages of the weights. */
  readonly optimizer: number;
  /** What a batch passes from layer to layer, forward and backward; the gradients of the weights are among it. */
  readonly batch: number;
  /** The training samples, where the device has a copy of its own. */
  readonly samples: number;
  /** All that is left: tables, scratch memory and metrics. */
  readonly rest: number;
}

/** All of it. */
export function plannedBytes({ weights, optimizer, batch, samples, rest }: PlannedMemory): number {
  return weights + optimizer + batch + samples + rest;
}
