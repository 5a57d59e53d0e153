import { at } from '../../at.ts';
import type { Activation } from '../activations.ts';
import { sizeOf } from '../shape.ts';
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
import { type Padding, slide, stopsTexts, type Window } from './window.ts';

/** A 2D convolution; options as in Keras, square kernels. */
export interface Conv2DSpec extends LayerBase, Freezable, KernelOptions {
  readonly kind: 'conv2d';
  readonly filters: number;
  readonly kernelSize: number;
  readonly strides: number;
  readonly padding: Padding;
  readonly dilationRate: number;
  readonly activation: Activation;
  readonly useBias: boolean;
}

function windowOf(spec: Conv2DSpec): Window {
  return { size: spec.kernelSize, strides: spec.strides, padding: spec.padding, dilation: spec.dilationRate };
}

/** What the app knows of a Conv2D layer: see `LayerDefinition`. */
export const conv2d: LayerDefinition<Conv2DSpec> = {
  title: 'Conv2D',
  group: 'convolution',
  purpose:
    'Slides small filters over the image; each responds to one pattern, and its output is a map of where the pattern occurs.',
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
    kind: 'conv2d',
    off: false,
    frozen: false,
    filters: 32,
    kernelSize: 3,
    strides: 1,
    padding: 'valid',
    dilationRate: 1,
    activation: 'relu',
    useBias: true,
    ...KERNEL_DEFAULTS,
  },
  fields: [
    fields.FROZEN_FIELD,
    fields.FILTERS_FIELD,
    ...fields.CONVOLUTION_FIELDS,
    fields.ACTIVATION_FIELD,
    fields.USE_BIAS_FIELD,
    ...KERNEL_FIELDS,
  ],
  infer: (spec, input) => slide(input, windowOf(spec), spec.filters, 'kernelSize', 'kernel'),
  weights: (spec, input) => {
    const { kernelSize: k, filters } = spec;
    const kernel = kernelOf(spec, [k, k, at(input, 2), filters]);
    return spec.useBias ? [kernel, biasOf(filters)] : [kernel];
  },
  flops: (spec, input, output) => 2 * spec.kernelSize ** 2 * at(input, 2) * sizeOf(output),
  savedActivations: (_spec, _input, output) => sizeOf(output),
  idleness: () => null,
  summary: (spec) => {
    const stride = spec.strides > 1 ? ` · stride ${spec.strides}` : '';
    return `${spec.filters} · ${spec.kernelSize}×${spec.kernelSize}${stride} · ${spec.padding} · ${spec.activation}`;
  },
  arithmetic: (spec, input) => {
    const { kernelSize: k, filters, useBias } = spec;
    const total = parametersOf(conv2d.weights(spec, input));
    return {
      output: [...stopsTexts(input, windowOf(spec)), `${filters} filters give ${filters} channels`],
      parameters: kernelSum(`${k}·${k}·${input[2]}`, useBias, filters, total),
    };
  },
};
