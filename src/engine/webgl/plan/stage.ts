import type { OptimizerSpec } from '../../../core/training/optimizers.ts';
import type { FusedActivation } from '../kernels/activations.ts';
import type { ImageLayout } from '../layout.ts';
import type { Extent, Texture } from '../texture.ts';
import type { Clip } from './clipping.ts';
import type { Draw } from './draw.ts';
import type { Parity } from './parameters.ts';

/** What leaves a layer, on its way through the network. */
export interface Value {
  readonly layout: ImageLayout;
  readonly texture: Texture;
  /** What was applied to the layer's sum last. Whoever makes the gradient by this value multiplies it by its slope. */
  readonly activation: FusedActivation;
}

/** The gradient of the loss by a layer's sum, before its activation. */
export interface Gradient {
  readonly layout: ImageLayout;
  readonly texture: Texture;
}

/** Where a layer is being built: its textures, and which of each pair of weights holds this step's. */
export interface Site {
  texture(name: string, extent: Extent): Texture;
  readonly parity: Parity;
  readonly position: number;
  readonly training: boolean;
  readonly optimizer: OptimizerSpec;
  /** Null where gradients are taken as they are. */
  readonly clip: Clip | null;
  readonly maxTargets: number;
  readonly maxSize: number;
  /** Whether anything above has weights, so that a gradient by this layer's input is of use. */
  readonly inputLearns: boolean;
}

/** The backward pass of a layer: its draws, and the gradient by each of its inputs where that is of use. */
export interface BackwardPass {
  readonly draws: readonly Draw[];
  readonly dx: Gradient | null;
  /** Whether `dx` is by the inputs as they are: the slopes of their activations are still to be multiplied in. */
  readonly unsloped?: boolean;
}

/** One layer of a plan. */
export interface Stage {
  readonly output: Value;
  readonly forward: readonly Draw[];
  backward(dy: Gradient): BackwardPass;
}
