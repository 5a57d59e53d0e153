import { at } from '../../../core/at.ts';
import type { AdamOptions } from '../../../core/training/optimizers/adam.ts';
import {
  type OptimizerKind,
  type OptimizerSpec,
  type OptimizerSpecOf,
  optimizerOf,
} from '../../../core/training/optimizers/registry.ts';
import type { OperationOf } from '../../step/operation.ts';
import type { Dispatch, Uniforms } from '../dispatch.ts';
import { float, perValue, repeat } from './shader.ts';

function adam({ beta1, beta2, epsilon }: AdamOptions): string {
  return `s0 += (g - s0) * ${float(1 - beta1)};
  s1 += (g * g - s1) * ${float(1 - beta2)};
  w -= call.rate * s0 / (sqrt(s1) + ${float(epsilon)});`;
}

/**
 * WGSL that turns gradient g, weight w and slots s0, s1 into the next weight and slots; rules as in Keras 3. A kind without it
 * does not compile.
 */
const RULES: { readonly [Kind in OptimizerKind]: (spec: OptimizerSpecOf<Kind>) => string } = {
  sgd: () => 'w -= call.rate * g;',
  momentum: ({ momentum, nesterov }) => `s0 = ${float(momentum)} * s0 - call.rate * g;
  w += ${nesterov ? `${float(momentum)} * s0 - call.rate * g` : 's0'};`,
  rmsprop: ({ rho, epsilon }) => `s0 += (g * g - s0) * ${float(1 - rho)};
  w -= call.rate * g / sqrt(s0 + ${float(epsilon)});`,
  adagrad: ({ initialAccumulator, epsilon }) => `s0 += g * g;
  w -= call.rate * g / sqrt(s0 + ${float(initialAccumulator + epsilon)});`,
  adam,
  adamw: adam,
  // Of weights that are no matrices: see `updateMatrix`.
  muon: adam,
};

function rule<Kind extends OptimizerKind>(kind: Kind, spec: OptimizerSpecOf<Kind>): string {
  return RULES[kind](spec);
}

/** `rate`: the factor of the move; `decay`: the share of each weight that is subtracted before it. */
function uniformsOf(optimizer: OptimizerSpec): Uniforms {
  return {
    fields: { rate: 'f32', decay: 'f32' },
    valuesAt: ({ learningRate, weightDecay, step }) => ({
      rate: optimizerOf(optimizer.kind).rateAt(optimizer, learningRate, step + 1),
      decay: learningRate * weightDecay,
    }),
  };
}

/** One step of the optimizer. weight, gradient and each slot: [count] */
export function update({ inputs, outputs, attributes }: OperationOf<'update'>): readonly Dispatch[] {
  const { count, optimizer } = attributes;
  const { slots } = outputs;
  const body = `let g = gradient[i];
  var w = weight[i];
  ${repeat(slots.length, (s) => `var s${s} = slot${s}[i];`)}
  w -= call.decay * w;
  ${rule(optimizer.kind, optimizer)}
  weight[i] = w;
  ${repeat(slots.length, (s) => `slot${s}[i] = s${s};`)}`;
  const moments = Object.fromEntries(slots.map((_, s) => [`slot${s}`, at(slots, s)]));
  return [
    {
      name: `${optimizer.kind} update`,
      reads: { gradient: inputs.gradient },
      writes: { weight: outputs.weight, ...moments },
      uniforms: uniformsOf(optimizer),
      ...perValue(count, body),
    },
  ];
}
