import { at } from '../../at.ts';
import { numberText } from '../../text/number-text.ts';
import type { Activation } from '../activations.ts';
import { type Shape, sizeOf } from '../shape.ts';
import type { Freezable, LayerBase, LayerDefinition } from './definition.ts';
import * as fields from './fields.ts';
import { biasOf, KERNEL_DEFAULTS, KERNEL_FIELDS, type KernelOptions, kernelOf, parametersOf } from './kernel.ts';
import { type Padding, slide, stopsTexts, type Window } from './window.ts';

/** A depthwise convolution and a 1×1 one that mixes its channels (Chollet, arXiv:1610.02357); options as in Keras. */
export interface SeparableConv2DSpec extends LayerBase, Freezable, KernelOptions {
  readonly kind: 'separableConv2d';
  readonly filters: number;
  readonly kernelSize: number;
  readonly strides: number;
  readonly padding: Padding;
  readonly dilationRate: number;
  /** Depthwise filters for each input channel. */
  readonly depthMultiplier: number;
  readonly activation: Activation;
  readonly useBias: boolean;
}

function windowOf(spec: SeparableConv2DSpec): Window {
  return { size: spec.kernelSize, strides: spec.strides, padding: spec.padding, dilation: spec.dilationRate };
}

/** Channels between the depthwise convolution and the one that mixes them. */
function between(spec: SeparableConv2DSpec, input: Shape): number {
  return at(input, 2) * spec.depthMultiplier;
}

function flops(spec: SeparableConv2DSpec, input: Shape, output: Shape): number {
  const pixels = sizeOf(output) / spec.filters;
  return 2 * pixels * between(spec, input) * (spec.kernelSize ** 2 + spec.filters);
}

/** What the app knows of a SeparableConv2D layer: see `LayerDefinition`. */
export const separableConv2d: LayerDefinition<SeparableConv2DSpec> = {
  title: 'SeparableConv2D',
  group: 'convolution',
  purpose:
    'Filters each channel by itself and then mixes the channels: nearly a convolution, for a fraction of the cost.',
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
    kind: 'separableConv2d',
    off: false,
    frozen: false,
    filters: 32,
    kernelSize: 3,
    strides: 1,
    padding: 'valid',
    dilationRate: 1,
    depthMultiplier: 1,
    activation: 'relu',
    useBias: true,
    ...KERNEL_DEFAULTS,
  },
  fields: [
    fields.FROZEN_FIELD,
    fields.FILTERS_FIELD,
    ...fields.CONVOLUTION_FIELDS,
    fields.DEPTH_MULTIPLIER_FIELD,
    fields.ACTIVATION_FIELD,
    fields.USE_BIAS_FIELD,
    ...KERNEL_FIELDS,
  ],
  infer: (spec, input) => slide(input, windowOf(spec), spec.filters, 'kernelSize', 'kernel'),
  weights: (spec, input) => {
    const { kernelSize: k, filters, depthMultiplier } = spec;
    const depthwise = kernelOf(spec, [k, k, at(input, 2), depthMultiplier], 'depthwiseKernel');
    const pointwise = kernelOf(spec, [1, 1, between(spec, input), filters], 'pointwiseKernel');
    return spec.useBias ? [depthwise, pointwise, biasOf(filters)] : [depthwise, pointwise];
  },
  flops,
  savedActivations: (spec, input, output) => sizeOf(output) + (sizeOf(output) / spec.filters) * between(spec, input),
  idleness: () => null,
  summary: (spec) => {
    const stride = spec.strides > 1 ? ` · stride ${spec.strides}` : '';
    return `${spec.filters} · ${spec.kernelSize}×${spec.kernelSize}${stride} · ${spec.padding} · ${spec.activation}`;
  },
  arithmetic: (spec, input) => {
    const { kernelSize: k, filters, useBias } = spec;
    const middle = between(spec, input);
    const total = numberText(parametersOf(separableConv2d.weights(spec, input)));
    const bias = useBias ? ` + ${filters}` : '';
    return {
      output: [...stopsTexts(input, windowOf(spec)), `${filters} filters give ${filters} channels`],
      parameters: `${k}·${k}·${middle} + ${middle}·${filters}${bias} = ${total}`,
    };
  },
};
