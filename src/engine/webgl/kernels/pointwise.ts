import { type Kernel, laneMask } from '../kernel.ts';
import type { ImageLayout } from '../layout.ts';
import { activateFunction, type FusedActivation, slopeFunction } from './activations.ts';
import { elementwise } from './elementwise.ts';

/** Activations with their own kernel: those that can be fused, too, and those whose slope follows only from the sum. */
export type PointwiseActivation = FusedActivation | 'gelu' | 'swish';

/** The error function to 1.5e-7 (Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26). */
const ERF = `vec4 erf(vec4 v) {
  vec4 t = 1.0 / (1.0 + 0.3275911 * abs(v));
  vec4 p = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return sign(v) * (1.0 - p * exp(-v * v));
}`;

const SIGMOID = 'vec4 sigmoid(vec4 v) { return 1.0 / (1.0 + exp(-v)); }';

/** GLSL functions `activate(z)` and `slopeAt(z)`. */
function functions(activation: PointwiseActivation): string {
  switch (activation) {
    case 'gelu':
      return `${ERF}
vec4 activate(vec4 z) { return 0.5 * z * (1.0 + erf(z * 0.7071067811865476)); }
vec4 slopeAt(vec4 z) {
  return 0.5 * (1.0 + erf(z * 0.7071067811865476)) + z * 0.3989422804014327 * exp(-0.5 * z * z);
}`;
    case 'swish':
      return `${SIGMOID}
vec4 activate(vec4 z) { return z * sigmoid(z); }
vec4 slopeAt(vec4 z) { return sigmoid(z) * (1.0 + z * (1.0 - sigmoid(z))); }`;
    default:
      return `${activateFunction(activation)}
${slopeFunction(activation)}
vec4 slopeAt(vec4 z) { return slope(activate(z)); }`;
  }
}

/** y = activate(z), texel by texel. */
export function pointwise(layout: ImageLayout, activation: PointwiseActivation): Kernel {
  return elementwise(layout, {
    name: activation,
    inputs: { z: layout },
    prelude: functions(activation),
    result: `activate(z) * ${laneMask(layout.channels, 'c')}`,
  });
}

/**
 * dz = dy * activate'(z), times the slope of the activation that made z.
 *
 * dy: the gradient in layout `gradient`, z: what `pointwise` was given -> a gradient in the layout of z
 */
export function pointwiseGradient(
  layout: ImageLayout,
  gradient: ImageLayout,
  activation: PointwiseActivation,
  inputActivation: FusedActivation,
): Kernel {
  return elementwise(layout, {
    name: `${activation} gradient`,
    inputs: { dy: gradient, z: layout },
    prelude: `${functions(activation)}\n${slopeFunction(inputActivation).replace('slope(', 'inputSlope(')}`,
    result: 'dy * slopeAt(z) * inputSlope(z)',
  });
}
