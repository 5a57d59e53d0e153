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

/** The mean of each window; pixels that padding adds do not count. Options as in Keras, square windows. */
export interface AveragePooling2DSpec extends LayerBase, PoolingOptions {
  readonly kind: 'averagePooling2d';
}

/** What the app knows of a AveragePooling2D layer: see `LayerDefinition`. */
export const averagePooling2d: LayerDefinition<AveragePooling2DSpec> = {
  title: 'AveragePooling2D',
  group: 'pooling',
  purpose: 'Takes the mean of each window, which shrinks the image and smooths it.',
  traits: {
    inputs: 'above',
    keepsValues: false,
    linear: true,
    weights: 'none',
    normalizes: 'nothing',
    drops: false,
    readsSequences: false,
    cutsPatches: false,
    attends: false,
  },
  defaults: { kind: 'averagePooling2d', off: false, ...POOLING_DEFAULTS },
  fields: poolingFields('the mean'),
  infer: inferPooling,
  weights: () => [],
  flops: (spec, _input, output) => spec.poolSize ** 2 * sizeOf(output),
  savedActivations: (_spec, _input, output) => sizeOf(output),
  idleness: poolingIdleness,
  summary: poolingSummary,
  arithmetic: poolingArithmetic,
};
