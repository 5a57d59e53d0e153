import type { Activation } from '../activations.ts';
import type { Initializer } from '../initializers.ts';
import { type Shape, sizeOf } from '../shape.ts';
import type { LayerBase, LayerDefinition, WeightSpec } from './definition.ts';
import * as fields from './fields.ts';
import { type Padding, slide, stopsText, type Window } from './window.ts';

/** A 2D convolution; options as in Keras, square kernels. */
export interface Conv2DSpec extends LayerBase {
  readonly kind: 'conv2d';
  readonly filters: number;
  readonly kernelSize: number;
  readonly strides: number;
  readonly padding: Padding;
  readonly dilationRate: number;
  readonly activation: Activation;
  readonly useBias: boolean;
  readonly kernelInitializer: Initializer;
  readonly l1: number;
  readonly l2: number;
}

function windowOf(spec: Conv2DSpec): Window {
  return { size: spec.kernelSize, strides: spec.strides, padding: spec.padding, dilation: spec.dilationRate };
}

function weights(spec: Conv2DSpec, input: Shape): readonly WeightSpec[] {
  const { kernelSize: k, filters, kernelInitializer: initializer, l1, l2 } = spec;
  const kernel: WeightSpec = {
    name: 'kernel',
    shape: [k, k, input[2] ?? 0, filters],
    initializer,
    trainable: true,
    l1,
    l2,
  };
  const bias: WeightSpec = { name: 'bias', shape: [filters], initializer: 'zeros', trainable: true, l1: 0, l2: 0 };
  return spec.useBias ? [kernel, bias] : [kernel];
}

export const conv2d: LayerDefinition<Conv2DSpec> = {
  title: 'Conv2D',
  group: 'convolution',
  purpose:
    'Slides small filters over the image; each looks for one pattern everywhere and draws a map of where it found it.',
  defaults: {
    kind: 'conv2d',
    off: false,
    filters: 32,
    kernelSize: 3,
    strides: 1,
    padding: 'valid',
    dilationRate: 1,
    activation: 'relu',
    useBias: true,
    kernelInitializer: 'glorotUniform',
    l1: 0,
    l2: 0,
  },
  fields: [
    fields.countField(
      'filters',
      'Filters',
      'How many patterns to look for, each giving one output channel; usual: 16 to 256.',
      1024,
    ),
    fields.extentField(
      'kernelSize',
      'Kernel',
      'The side of the square of pixels that a filter sees at once; usual: 3 or 5.',
    ),
    fields.extentField(
      'strides',
      'Stride',
      'How many pixels a filter moves at a time; 2 halves the height and the width.',
    ),
    fields.PADDING_FIELD,
    fields.extentField(
      'dilationRate',
      'Dilation',
      'The distance between the pixels that a filter sees; more than 1 spreads it out.',
    ),
    fields.ACTIVATION_FIELD,
    fields.KERNEL_INITIALIZER_FIELD,
    fields.USE_BIAS_FIELD,
    fields.L1_FIELD,
    fields.L2_FIELD,
  ],
  infer: (spec, input) => slide(input, windowOf(spec), spec.filters, 'kernelSize', 'kernel'),
  weights,
  flops: (spec, input, output) => 2 * spec.kernelSize ** 2 * (input[2] ?? 0) * sizeOf(output),
  summary: (spec) => {
    const stride = spec.strides > 1 ? ` · stride ${spec.strides}` : '';
    return `${spec.filters} · ${spec.kernelSize}×${spec.kernelSize}${stride} · ${spec.padding} · ${spec.activation}`;
  },
  arithmetic: (spec, input) => {
    const { kernelSize: k, filters } = spec;
    const count = weights(spec, input).reduce((sum, weight) => sum + sizeOf(weight.shape), 0);
    const each = spec.useBias ? `(${k}·${k}·${input[2]} + 1)` : `${k}·${k}·${input[2]}`;
    return {
      output: [stopsText(input[0] ?? 0, windowOf(spec)), `${filters} filters give ${filters} channels`],
      parameters: `${each} × ${filters} = ${count.toLocaleString('en-US')}`,
    };
  },
};
