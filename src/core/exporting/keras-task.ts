import type { DatasetSpec } from '../dataset/spec.ts';
import type { Ending } from '../network/endings.ts';

/** What the lines of a Keras program depend on beside the recipe. */
export interface KerasTask {
  readonly dataset: DatasetSpec;
  readonly ending: Ending;
  /** Whether the weights of any layer have penalties. */
  readonly isPenalised: boolean;
  /** The layers whose kernels Muon moves as matrices, by their names. */
  readonly matrices: readonly string[];
  /** Whether several GPUs or processes share the work. */
  readonly isShared: boolean;
}
