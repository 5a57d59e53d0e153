import { sizeOf } from '../shape.ts';
import type { LayerBase, LayerDefinition } from './definition.ts';
import { poolingFields } from './fields.ts';
import {
  inferPooling,
  POOLING_DEFAULTS,
  type PoolingOptions,
  poolingArithmetic,
  poolingIdleness,
  poolingSummary,
} from './pooling.ts';

/** The largest value of each window; options as in Keras, square windows. */
export interface MaxPooling2DSpec extends LayerBase, PoolingOptions {
  readonly kind: 'maxPooling2d';
}

/** What the app knows of a MaxPooling2D layer: see `LayerDefinition`. */
export const maxPooling2d: LayerDefinition<MaxPooling2DSpec> = {
  title: 'MaxPooling2D',
  group: 'pooling',
  purpose: 'Keeps the largest value in each window, which shrinks the image and makes small shifts matter less.',
  traits: {
    inputs: 'above',
    keepsValues: false,
    linear: false,
    weights: 'none',
    normalizes: 'nothing',
    drops: false,
    readsSequences: false,
    cutsPatches: false,
    attends: false,
  },
  defaults: { kind: 'maxPooling2d', off: false, ...POOLING_DEFAULTS },
  fields: poolingFields('the largest value'),
  infer: inferPooling,
  weights: () => [],
  flops: (spec, _input, output) => spec.poolSize ** 2 * sizeOf(output),
  savedActivations: (_spec, _input, output) => sizeOf(output),
  idleness: poolingIdleness,
  summary: poolingSummary,
  arithmetic: poolingArithmetic,
};
