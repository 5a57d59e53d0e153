import type { OptimizerSpec } from '../../../core/training/optimizers/registry.ts';
import type { LossSpec } from '../../tape/loss.ts';
import type { OrderTexture, SampleTexture } from '../sample-texture.ts';
import type { Texture } from '../texture.ts';
import type { Parameters } from './parameters.ts';
import type { PlannedLayer } from './planned-layers.ts';

/** What a plan is made of. */
export interface PlanOptions {
  readonly layers: readonly PlannedLayer[];
  readonly parameters: Parameters;
  readonly optimizer: OptimizerSpec;
  readonly batch: number;
  readonly training: boolean;
  /** The loss in training; plain cross-entropy if left out. */
  readonly loss?: LossSpec;
  /** A texel with the weight of each class in training; all count the same if it is null or left out. */
  readonly classWeights?: Texture | null;
  /** The largest norm of all gradients together in training; not limited if null or left out. */
  readonly clipNorm?: number | null;
  readonly samples: SampleTexture;
  readonly order: OrderTexture;
}
