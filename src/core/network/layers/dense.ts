import { last } from '../../at.ts';
import type { Activation } from '../activations.ts';
import { shapeText, sizeOf } from '../shape.ts';
import type { Freezable, LayerBase, LayerDefinition } from './definition.ts';
import * as fields from './fields.ts';
import {
  biasOf,
  KERNEL_DEFAULTS,
  KERNEL_FIELDS,
  type KernelOptions,
  kernelOf,
  kernelSum,
  parametersOf,
} from './kernel.ts';

/** Every input connected with every unit, along the last axis; options as in Keras. */
export interface DenseSpec extends LayerBase, Freezable, KernelOptions {
  readonly kind: 'dense';
  readonly units: number;
  readonly activation: Activation;
  readonly useBias: boolean;
}

/** What the app knows of a Dense layer: see `LayerDefinition`. */
export const dense: LayerDefinition<DenseSpec> = {
  title: 'Dense',
  group: 'dense',
  purpose: 'Connects every input with every unit: each unit is a weighted sum of all inputs.',
  traits: {
    inputs: 'above',
    keepsValues: false,
    linear: true,
    weights: 'kernel',
    normalizes: 'nothing',
    drops: false,
    readsSequences: false,
    cutsPatches: false,
    attends: false,
  },
  defaults: {
    kind: 'dense',
    off: false,
    frozen: false,
    units: 100,
    activation: 'relu',
    useBias: true,
    ...KERNEL_DEFAULTS,
  },
  fields: [
    fields.FROZEN_FIELD,
    fields.countField(
      'units',
      'Units',
      'How many weighted sums to compute; more units can learn more, and overfit more; usual: 32 to 512.',
      8192,
    ),
    fields.ACTIVATION_FIELD,
    fields.USE_BIAS_FIELD,
    ...KERNEL_FIELDS,
  ],
  infer: (spec, input) => ({ shape: [...input.slice(0, -1), spec.units] }),
  weights: (spec, input) => {
    const kernel = kernelOf(spec, [last(input), spec.units]);
    return spec.useBias ? [kernel, biasOf(spec.units)] : [kernel];
  },
  flops: (spec, input) => 2 * sizeOf(input) * spec.units,
  savedActivations: (_spec, _input, output) => sizeOf(output),
  idleness: () => null,
  summary: (spec) => `${spec.units} · ${spec.activation}`,
  arithmetic: (spec, input, output) => {
    const total = parametersOf(dense.weights(spec, input));
    const each = input.length > 1 ? `, for each of ${shapeText(output.slice(0, -1))}` : '';
    return {
      output: [`${spec.units} units${each}`],
      parameters: kernelSum(`${input.at(-1)}`, spec.useBias, spec.units, total),
    };
  },
};
