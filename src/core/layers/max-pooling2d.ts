import { sizeOf } from '../shape.ts';
import type { LayerBase, LayerDefinition } from './definition.ts';
import * as fields from './fields.ts';
import { type Padding, slide, stopsText, type Window } from './window.ts';

/** The largest value of each window; options as in Keras, square windows. */
export interface MaxPooling2DSpec extends LayerBase {
  readonly kind: 'maxPooling2d';
  readonly poolSize: number;
  readonly strides: number;
  readonly padding: Padding;
}

function windowOf(spec: MaxPooling2DSpec): Window {
  return { size: spec.poolSize, strides: spec.strides, padding: spec.padding, dilation: 1 };
}

export const maxPooling2d: LayerDefinition<MaxPooling2DSpec> = {
  title: 'MaxPooling2D',
  group: 'pooling',
  purpose: 'Keeps the strongest answer in each window, which shrinks the image and forgives small shifts.',
  defaults: { kind: 'maxPooling2d', off: false, poolSize: 2, strides: 2, padding: 'valid' },
  fields: [
    fields.extentField('poolSize', 'Pool', 'The side of the square of which the largest value is kept; usual: 2.'),
    fields.extentField(
      'strides',
      'Stride',
      'How many pixels the window moves at a time; usual: the same as the pool size.',
    ),
    fields.PADDING_FIELD,
  ],
  infer: (spec, input) => slide(input, windowOf(spec), input[2] ?? 0, 'poolSize', 'window'),
  weights: () => [],
  flops: (spec, _input, output) => spec.poolSize ** 2 * sizeOf(output),
  summary: (spec) => {
    const stride = spec.strides === spec.poolSize ? '' : ` · stride ${spec.strides}`;
    return `${spec.poolSize}×${spec.poolSize}${stride}${spec.padding === 'same' ? ' · same' : ''}`;
  },
  arithmetic: (spec, input) => ({ output: [stopsText(input[0] ?? 0, windowOf(spec))], parameters: null }),
};
