import type { Activation } from '../activations.ts';
import type { Initializer } from '../initializers.ts';
import { type Shape, shapeText, sizeOf } from '../shape.ts';
import type { LayerBase, LayerDefinition, WeightSpec } from './definition.ts';
import * as fields from './fields.ts';

/** Every input connected with every unit; options as in Keras. */
export interface DenseSpec extends LayerBase {
  readonly kind: 'dense';
  readonly units: number;
  readonly activation: Activation;
  readonly useBias: boolean;
  readonly kernelInitializer: Initializer;
  readonly l1: number;
  readonly l2: number;
}

function weights(spec: DenseSpec, input: Shape): readonly WeightSpec[] {
  const { units, kernelInitializer: initializer, l1, l2 } = spec;
  const kernel: WeightSpec = { name: 'kernel', shape: [input[0] ?? 0, units], initializer, trainable: true, l1, l2 };
  const bias: WeightSpec = { name: 'bias', shape: [units], initializer: 'zeros', trainable: true, l1: 0, l2: 0 };
  return spec.useBias ? [kernel, bias] : [kernel];
}

export const dense: LayerDefinition<DenseSpec> = {
  title: 'Dense',
  group: 'dense',
  purpose: 'Connects every input with every unit: each unit is a weighted sum of all inputs.',
  defaults: {
    kind: 'dense',
    off: false,
    units: 100,
    activation: 'relu',
    useBias: true,
    kernelInitializer: 'glorotUniform',
    l1: 0,
    l2: 0,
  },
  fields: [
    fields.countField(
      'units',
      'Units',
      'How many weighted sums to make; more can learn more, and overfit more; usual: 32 to 512.',
      8192,
    ),
    fields.ACTIVATION_FIELD,
    fields.KERNEL_INITIALIZER_FIELD,
    fields.USE_BIAS_FIELD,
    fields.L1_FIELD,
    fields.L2_FIELD,
  ],
  infer: (spec, input) => {
    if (input.length === 1) return { shape: [spec.units] };
    return {
      misfit: {
        code: 'rank',
        message: `A dense layer takes a row of numbers, and what arrives is an image of ${shapeText(input)}. Lay it out in a row of ${sizeOf(input).toLocaleString('en-US')} first.`,
        options: [],
        flatten: true,
      },
    };
  },
  weights,
  flops: (spec, input) => 2 * sizeOf(input) * spec.units,
  summary: (spec) => `${spec.units} · ${spec.activation}`,
  arithmetic: (spec, input) => {
    const count = weights(spec, input).reduce((sum, weight) => sum + sizeOf(weight.shape), 0);
    const each = spec.useBias ? `(${input[0]} + 1)` : `${input[0]}`;
    return {
      output: [`${spec.units} units`],
      parameters: `${each} × ${spec.units} = ${count.toLocaleString('en-US')}`,
    };
  },
};
