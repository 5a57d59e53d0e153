import type { Shape } from '../shape.ts';
import type { Arithmetic, Idleness, Inference } from './definition.ts';
import { type Padding, slide, stopsTexts, type Window } from './window.ts';

/** What the two kinds of pooling over windows share. */

/** The options of a pooling layer; square windows. */
export interface PoolingOptions {
  readonly poolSize: number;
  readonly strides: number;
  readonly padding: Padding;
}

/** The options as they start, as in Keras. */
export const POOLING_DEFAULTS = { poolSize: 2, strides: 2, padding: 'valid' } as const;

function windowOf(spec: PoolingOptions): Window {
  return { size: spec.poolSize, strides: spec.strides, padding: spec.padding, dilation: 1 };
}

/** The image after pooling, or why its windows do not fit. */
export function inferPooling(spec: PoolingOptions, input: Shape): Inference {
  return slide(input, windowOf(spec), input[2] ?? 0, 'poolSize', 'window');
}

/** A window of one pixel that stops at every pixel changes nothing, and neither does any window on an image of one pixel. */
export function poolingIdleness({ poolSize, strides }: PoolingOptions, [height, width]: Shape): Idleness | null {
  if (height === 1 && width === 1) return { reason: 'an image of 1×1 has nothing to pool', repair: null };
  if (poolSize > 1 || strides > 1) return null;
  return {
    reason: 'a window of 1×1 keeps every pixel',
    repair: { label: 'Use 2×2', set: { poolSize: 2, strides: 2 } },
  };
}

/** Window, stride and padding in a few words. */
export function poolingSummary(spec: PoolingOptions): string {
  const stride = spec.strides === spec.poolSize ? '' : ` · stride ${spec.strides}`;
  return `${spec.poolSize}×${spec.poolSize}${stride}${spec.padding === 'same' ? ' · same' : ''}`;
}

/** The stops of the window as a sum. */
export function poolingArithmetic(spec: PoolingOptions, input: Shape): Arithmetic {
  return { output: stopsTexts(input, windowOf(spec)), parameters: null };
}
