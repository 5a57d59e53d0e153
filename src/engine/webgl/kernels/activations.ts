import type { Activation } from '../../../core/network/activations.ts';

/** An activation in GLSL: `apply` of the sum z, and `slope`, its derivative, computed from the result y. */
interface Formula {
  readonly apply: string;
  readonly slope: string;
}

/** The activations whose slope follows from their result, so that the sum need not be kept. */
export type FusedActivation = Exclude<Activation, 'softmax' | 'gelu' | 'swish'>;

const SELU_SCALE = '1.0507009873554805';
const SELU_ALPHA = '1.7580993408473766';

/** Definitions as in Keras; leaky relu has the slope 0.2 below 0. */
const FORMULAS: { readonly [Name in FusedActivation]: Formula } = {
  linear: { apply: 'z', slope: 'vec4(1.0)' },
  relu: { apply: 'max(z, 0.0)', slope: 'vec4(greaterThan(y, vec4(0.0)))' },
  leakyRelu: { apply: 'max(z, 0.2 * z)', slope: 'mix(vec4(0.2), vec4(1.0), vec4(greaterThan(y, vec4(0.0))))' },
  elu: {
    apply: 'mix(exp(min(z, 0.0)) - 1.0, z, vec4(greaterThan(z, vec4(0.0))))',
    slope: 'mix(y + 1.0, vec4(1.0), vec4(greaterThan(y, vec4(0.0))))',
  },
  selu: {
    apply: `mix(${SELU_ALPHA} * (exp(min(z, 0.0)) - 1.0), ${SELU_SCALE} * z, vec4(greaterThan(z, vec4(0.0))))`,
    slope: `mix(y + ${SELU_ALPHA}, vec4(${SELU_SCALE}), vec4(greaterThan(y, vec4(0.0))))`,
  },
  sigmoid: { apply: '1.0 / (1.0 + exp(-z))', slope: 'y * (1.0 - y)' },
  tanh: { apply: 'tanh(clamp(z, -20.0, 20.0))', slope: '1.0 - y * y' },
  softplus: { apply: 'max(z, 0.0) + log(1.0 + exp(-abs(z)))', slope: '1.0 - exp(-y)' },
};

/** Whether an activation can be fused into the kernel that computes its sum. */
export function isFused(activation: Activation): activation is FusedActivation {
  return activation in FORMULAS;
}

/** GLSL function `vec4 activate(vec4 z)`. */
export function activateFunction(activation: FusedActivation): string {
  return `vec4 activate(vec4 z) { return ${FORMULAS[activation].apply}; }`;
}

/** GLSL function `vec4 slope(vec4 y)`: the derivative where the activation gave y. */
export function slopeFunction(activation: FusedActivation): string {
  return `vec4 slope(vec4 y) { return ${FORMULAS[activation].slope}; }`;
}
