import type { OptimizerSpec } from '../../../core/training/optimizers/registry.ts';
import type { LossSpec } from '../../tape/loss.ts';
import type { ImageTexture, OrderTexture } from '../image-texture.ts';
import type { OutlineEntry } from './outline.ts';
import type { Parameters } from './parameters.ts';

/** What a plan is made of. */
export interface PlanOptions {
  readonly outline: readonly OutlineEntry[];
  readonly parameters: Parameters;
  readonly optimizer: OptimizerSpec;
  readonly batch: number;
  readonly training: boolean;
  /** The loss in training; plain cross-entropy if left out. */
  readonly loss?: LossSpec;
  /** The largest norm of all gradients together in training; not limited if null or left out. */
  readonly clipNorm?: number | null;
  readonly images: ImageTexture;
  readonly order: OrderTexture;
}
