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

/** A convolution of each channel by filters of its own; options as in Keras, square kernels. */
export interface DepthwiseConv2DSpec extends LayerBase, Freezable, KernelOptions {
  readonly kind: 'depthwiseConv2d';
  readonly kernelSize: number;
  readonly strides: number;
  readonly padding: Padding;
  readonly dilationRate: number;
  /** Filters for each input channel. */
  readonly depthMultiplier: number;
  readonly activation: Activation;
  readonly useBias: boolean;
}

function windowOf(spec: DepthwiseConv2DSpec): Window {
  return { size: spec.kernelSize, strides: spec.strides, padding: spec.padding, dilation: spec.dilationRate };
}

/** What the app knows of a DepthwiseConv2D layer: see `LayerDefinition`. */
export const depthwiseConv2d: LayerDefinition<DepthwiseConv2DSpec> = {
  title: 'DepthwiseConv2D',
  group: 'convolution',
  purpose: 'Slides filters over each channel by itself, which costs little; it does not mix the channels.',
  traits: {
    inputs: 'above',
    keepsValues: false,
    linear: true,
    weights: 'depthwise',
    normalizes: 'nothing',
    drops: false,
    readsSequences: false,
    cutsPatches: false,
    attends: false,
  },
  defaults: {
    kind: 'depthwiseConv2d',
    off: false,
    frozen: false,
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
    ...fields.CONVOLUTION_FIELDS,
    fields.DEPTH_MULTIPLIER_FIELD,
    fields.ACTIVATION_FIELD,
    fields.USE_BIAS_FIELD,
    ...KERNEL_FIELDS,
  ],
  infer: (spec, input) => slide(input, windowOf(spec), (input[2] ?? 0) * spec.depthMultiplier, 'kernelSize', 'kernel'),
  weights: (spec, input) => {
    const { kernelSize: k, depthMultiplier } = spec;
    const channels = at(input, 2);
    const kernel = kernelOf(spec, [k, k, channels, depthMultiplier], 'depthwiseKernel');
    return spec.useBias ? [kernel, biasOf(channels * depthMultiplier)] : [kernel];
  },
  flops: (spec, _input, output) => 2 * spec.kernelSize ** 2 * sizeOf(output),
  savedActivations: (_spec, _input, output) => sizeOf(output),
  idleness: () => null,
  summary: (spec) => {
    const stride = spec.strides > 1 ? ` · stride ${spec.strides}` : '';
    return `${spec.kernelSize}×${spec.kernelSize}${stride} · ${spec.padding} · ${spec.activation}`;
  },
  arithmetic: (spec, input, output) => {
    const { kernelSize: k, depthMultiplier, useBias } = spec;
    const channels = at(output, 2);
    const total = parametersOf(depthwiseConv2d.weights(spec, input));
    return {
      output: [...stopsTexts(input, windowOf(spec)), `${input[2]} × ${depthMultiplier} = ${channels} channels`],
      parameters: kernelSum(`${k}·${k}`, useBias, channels, total),
    };
  },
};
