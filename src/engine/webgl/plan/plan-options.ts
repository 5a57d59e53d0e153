import type { OptimizerSpec } from '../../../core/training/optimizers.ts';
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
  /** What is made small in training; plain cross-entropy where it is left out. */
  readonly loss?: LossSpec;
  /** The greatest length of the whole gradient in training; null or left out: any. */
  readonly clipNorm?: number | null;
  readonly images: ImageTexture;
  readonly order: OrderTexture;
}
