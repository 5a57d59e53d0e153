import type { AdamOptions } from '../../../core/training/optimizers/adam.ts';
import {
  type OptimizerKind,
  type OptimizerSpec,
  type OptimizerSpecOf,
  optimizerOf,
} from '../../../core/training/optimizers/registry.ts';
import { float, type Kernel, repeat } from '../kernel.ts';
import type { WeightLayout } from './conv-shape.ts';
import type { PartialLayout } from './partial.ts';
import type { Penalty } from './penalty.ts';
import { weightGradient } from './weight-gradient.ts';

/**
 * The uniforms of step `step`, counted from 1: `rate`, the factor of the update, and `decay`, the share of each weight that
 * is subtracted before its update.
 */
export function optimizerUniforms(
  spec: OptimizerSpec,
  { learningRate, weightDecay }: { readonly learningRate: number; readonly weightDecay: number },
  step: number,
): Record<string, number> {
  return { rate: optimizerOf(spec.kind).rateAt(spec, learningRate, step), decay: learningRate * weightDecay };
}

function adam({ beta1, beta2, epsilon }: AdamOptions): string {
  return `s0 += (g - s0) * ${float(1 - beta1)};
  s1 += (g * g - s1) * ${float(1 - beta2)};
  w -= rate * s0 / (sqrt(s1) + ${float(epsilon)});`;
}

/**
 * GLSL that turns gradient g, weight w and moments s0, s1 into the next weight and moments; rules as in Keras 3. The moments
 * are the slots of the optimizer's definition. A kind without it does not compile.
 */
const RULES: { readonly [Kind in OptimizerKind]: (spec: OptimizerSpecOf<Kind>) => string } = {
  sgd: () => 'w -= rate * g;',
  momentum: ({ momentum, nesterov }) => `s0 = ${float(momentum)} * s0 - rate * g;
  w += ${nesterov ? `${float(momentum)} * s0 - rate * g` : 's0'};`,
  rmsprop: ({ rho, epsilon }) => `s0 += (g * g - s0) * ${float(1 - rho)};
  w -= rate * g * inversesqrt(s0 + ${float(epsilon)});`,
  adagrad: ({ initialAccumulator, epsilon }) => `s0 += g * g;
  w -= rate * g * inversesqrt(s0 + ${float(initialAccumulator + epsilon)});`,
  adam,
  adamw: adam,
  // Of weights that are no matrices; matrices are moved by an operation of their own.
  muon: adam,
};

function rule<Kind extends OptimizerKind>(kind: Kind, spec: OptimizerSpecOf<Kind>): string {
  return RULES[kind](spec);
}

/**
 * One step of the optimizer for all weights of a layer in one draw: adds up the partial gradients, adds the gradient of
 * the penalties, and writes updated weights and moments, each into its own texture.
 *
 * gradient: partial sums, w, s0, s1: weights and moments [rows + 1, filters], and where gradients are clipped `factor`: the
 * one texel of `clipFactor` -> o0: w, o1: s0, o2: s1
 */
export function optimizerStep(
  spec: OptimizerSpec,
  weights: WeightLayout,
  partial: PartialLayout,
  penalty: Penalty,
  clips = false,
): Kernel {
  const slots = optimizerOf(spec.kind).slots.length;
  const body = `
uniform float rate;
uniform float decay;
${weightGradient(weights, partial, penalty)}
void main() {
  vec4 w = texelFetch(weights, ivec3(frag, 0), 0);
  vec4 g = weightGradient(frag.x, frag.y, w);
  ${clips ? 'g *= texelFetch(factor, ivec3(0), 0).x;' : ''}
  ${repeat(slots, (i) => `vec4 s${i} = texelFetch(slot${i}, ivec3(frag, 0), 0);`)}
  w -= decay * w;
  ${rule(spec.kind, spec)}
  o0 = w;
  ${repeat(slots, (i) => `o${i + 1} = s${i};`)}
}`;
  const moments = Object.fromEntries(Array.from({ length: slots }, (_, i) => [`slot${i}`, 'rgba32f' as const]));
  const factor = clips ? { factor: 'rgba32f' as const } : {};
  return {
    name: `${spec.kind} step`,
    body,
    inputs: { gradient: 'rgba32f', weights: 'rgba32f', ...moments, ...factor },
    targets: 1 + slots,
    width: weights.columns,
    height: weights.biasRow + (weights.bias ? 1 : 0),
  };
}
