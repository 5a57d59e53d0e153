import type { OptimizerSpec } from '../../../core/training/optimizers.ts';
import { float, type Kernel, repeat } from '../kernel.ts';
import type { WeightLayout } from './conv-shape.ts';
import type { PartialLayout } from './partial.ts';
import type { Penalty } from './penalty.ts';
import { weightGradient } from './weight-gradient.ts';

/** How many moments an optimizer keeps for each weight. */
export function slotCount({ kind }: OptimizerSpec): number {
  switch (kind) {
    case 'sgd':
      return 0;
    case 'momentum':
    case 'rmsprop':
    case 'adagrad':
      return 1;
    case 'adam':
    case 'adamw':
      return 2;
    default:
      return kind satisfies never;
  }
}

/**
 * The uniforms of step `step`, counted from 1: `rate`, for Adam with the corrections for moments that started at 0, and
 * `decay`, the share of each weight that is subtracted before its update.
 */
export function optimizerUniforms(
  spec: OptimizerSpec,
  { learningRate, weightDecay }: { readonly learningRate: number; readonly weightDecay: number },
  step: number,
): Record<string, number> {
  const decay = learningRate * weightDecay;
  if (spec.kind !== 'adam' && spec.kind !== 'adamw') return { rate: learningRate, decay };
  return { rate: (learningRate * Math.sqrt(1 - spec.beta2 ** step)) / (1 - spec.beta1 ** step), decay };
}

/** GLSL that turns gradient g, weight w and moments s0, s1 into the next weight and moments; rules as in Keras 3. */
function rule(spec: OptimizerSpec): string {
  switch (spec.kind) {
    case 'sgd':
      return 'w -= rate * g;';
    case 'momentum':
      return `s0 = ${float(spec.momentum)} * s0 - rate * g;
  w += ${spec.nesterov ? `${float(spec.momentum)} * s0 - rate * g` : 's0'};`;
    case 'rmsprop':
      return `s0 += (g * g - s0) * ${float(1 - spec.rho)};
  w -= rate * g * inversesqrt(s0 + ${float(spec.epsilon)});`;
    case 'adagrad':
      // The moment holds what was added to the initial accumulator, so that it starts at 0 like all moments.
      return `s0 += g * g;
  w -= rate * g * inversesqrt(s0 + ${float(spec.initialAccumulator + spec.epsilon)});`;
    case 'adam':
    case 'adamw':
      return `s0 += (g - s0) * ${float(1 - spec.beta1)};
  s1 += (g * g - s1) * ${float(1 - spec.beta2)};
  w -= rate * s0 / (sqrt(s1) + ${float(spec.epsilon)});`;
    default:
      return spec satisfies never;
  }
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
  const slots = slotCount(spec);
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
  ${rule(spec)}
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
