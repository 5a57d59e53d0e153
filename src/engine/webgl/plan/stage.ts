import type { OptimizerSpec } from '../../../core/training/optimizers/registry.ts';
import type { FusedActivation } from '../kernels/activations.ts';
import type { ImageLayout } from '../layout.ts';
import type { Extent, Texture } from '../texture.ts';
import type { Clip } from './clipping.ts';
import type { Draw } from './draw.ts';
import type { Parity } from './parameters.ts';

/** The output of a layer. */
export interface Value {
  readonly layout: ImageLayout;
  readonly texture: Texture;
  /**
   * The activation that was applied last. The kernel that computes the gradient of this value multiplies it by the
   * activation's slope.
   */
  readonly activation: FusedActivation;
}

/** The gradient of the loss with respect to a layer's sum, before its activation. */
export interface Gradient {
  readonly layout: ImageLayout;
  readonly texture: Texture;
}

/**
 * The context in which a layer's stage is built: its textures, and which of each pair of weight textures this step
 * reads.
 */
export interface Site {
  texture(name: string, extent: Extent): Texture;
  readonly parity: Parity;
  readonly position: number;
  readonly training: boolean;
  readonly optimizer: OptimizerSpec;
  /** Null if gradients are not clipped. */
  readonly clip: Clip | null;
  readonly maxTargets: number;
  readonly maxSize: number;
  /** Whether any layer above has weights, so that the gradient of this layer's input is needed. */
  readonly inputLearns: boolean;
}

/** The backward pass of a layer: its draws, and the gradient of its inputs where that is needed. */
export interface BackwardPass {
  readonly draws: readonly Draw[];
  readonly dx: Gradient | null;
  /** Whether the slopes of the inputs' activations are still to be multiplied into `dx`. */
  readonly unsloped?: boolean;
}

/** One layer of a plan. */
export interface Stage {
  readonly output: Value;
  readonly forward: readonly Draw[];
  backward(dy: Gradient): BackwardPass;
}
