import type { RandomKey } from '../../../core/random.ts';
import { keepRule } from '../../keep-rule.ts';
import { type Kernel, repeat } from '../kernel.ts';
import type { ImageLayout } from '../layout.ts';
import { type FusedActivation, slopeFunction } from './activations.ts';
import { elementwise } from './elementwise.ts';
import { PCG4D } from './pcg4d.ts';

/** The uniforms of a dropout: its key and, as integers and as a float, `keepRule` of its rate. */
export function dropoutUniforms(rate: number, key: RandomKey) {
  const { threshold, kept } = keepRule(rate);
  return { key, threshold: [threshold] as const, kept };
}

/** What is dropped as one: a value, or a channel of an image. */
export type Dropped = 'value' | 'channel';

/**
 * GLSL `vec4 keep(int n, int y, int x, int c)`: 1 / (1 - rate) where `uniformAt(key, i) >= rate` for value, or channel, i of the batch,
 * row by row, and 0 elsewhere. Four neighbouring values share a hash where channels come in fours. The rate is a uniform:
 * it may change.
 */
function keepFunction({ height, width, channels }: ImageLayout, dropped: Dropped): string {
  const byValue = `((n * ${height} + y) * ${width} + x) * ${channels} + c * 4`;
  const start = dropped === 'value' ? byValue : `n * ${channels} + c * 4`;
  const word = (i: string) => `pcg4d(uvec4(key, uint((${i}) >> 2)))[(${i}) & 3]`;
  const words =
    channels % 4 === 0 ? 'pcg4d(uvec4(key, uint(i >> 2)))' : `uvec4(${repeat(4, (j) => word(`i + ${j}`), ', ')})`;
  return `uniform uvec3 key;
uniform uint threshold;
uniform float kept;
${PCG4D}
vec4 keep(int n, int y, int x, int c) {
  int i = ${start};
  uvec4 words = ${words};
  return vec4(greaterThanEqual(words >> 8u, uvec4(threshold))) * kept;
}`;
}

/**
 * Sets a random share of the values to 0 and scales the others up; each `key` gives another mask. x -> the same layout
 */
export function dropout(layout: ImageLayout, dropped: Dropped): Kernel {
  return elementwise(layout, {
    name: 'dropout',
    inputs: { v: layout },
    prelude: keepFunction(layout, dropped),
    result: 'v * keep(n, y, x, c)',
  });
}

/**
 * The gradient under the same mask, which is hashed again from the same key, times the slope of the activation that
 * made the input.
 *
 * dy: the gradient in layout `gradient`, v: the input of the dropout -> a gradient in the layout of v
 */
export function dropoutGradient(
  layout: ImageLayout,
  gradient: ImageLayout,
  activation: FusedActivation,
  dropped: Dropped,
): Kernel {
  return elementwise(layout, {
    name: 'dropout gradient',
    inputs: { dy: gradient, v: layout },
    prelude: `${keepFunction(layout, dropped)}\n${slopeFunction(activation)}`,
    result: 'dy * keep(n, y, x, c) * slope(v)',
  });
}
