import type { Buffer } from '../step/buffer.ts';
import type { StepCall } from '../step/step-call.ts';
import type { Area, Extent } from './fold.ts';
import type { Uniforms } from './gpu.ts';
import type { Kernel } from './kernel.ts';

/** What changes from one pass through the network to the next. */
export interface DrawCall extends StepCall {
  /** The place of the batch's first sample in the order, and how many places the order has. */
  readonly place: readonly [number, number];
}

/** A call for inference: `count` places of the order from `first` on, without augmentation. */
export function answering(first: number, count: number): DrawCall {
  const place = [first, count] as const;
  return { place, step: 0, learningRate: 0, weightDecay: 0, seed: 0, dropout: null, variation: null };
}

/** A texture for values of one pass. Two are the same only if they are the same object; see `placeTextures`. */
export interface StepPlace {
  readonly kind: 'step';
  readonly name: string;
  readonly extent: Extent;
}

/** Numbers that never change. Two are the same only if they are the same object. */
export interface ConstantPlace {
  readonly kind: 'constant';
  readonly extent: Extent;
  readonly texels: Float32Array<ArrayBuffer>;
}

/** Textures that a pass uses and does not own. */
export type Outside = 'samples' | 'labels' | 'order' | 'classWeights' | 'metrics';

/**
 * Where a draw reads or writes. Weights and slots lie in two textures each, one that a step reads, `now`, and one that it writes for the
 * step after it, `next`: nothing is sampled while it is drawn.
 */
export type Place =
  | StepPlace
  | { readonly kind: 'lasting'; readonly buffer: Buffer; readonly side: 'now' | 'next' }
  | { readonly kind: 'outside'; readonly name: Outside }
  | ConstantPlace;

/** One draw, and what it takes from the call. */
export interface Draw {
  readonly kernel: Kernel;
  readonly reads: Readonly<Record<string, Place>>;
  readonly writes: readonly Place[];
  readonly uniforms?: (call: DrawCall) => Uniforms;
  readonly area?: (call: DrawCall) => Area;
  /** Whether it is drawn at this step; always if left out. */
  readonly when?: (call: DrawCall) => boolean;
  /** Compiled only when it is first drawn, because it may never be needed. */
  readonly late?: boolean;
}
