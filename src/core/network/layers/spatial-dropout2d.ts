import { sizeOf } from '../shape.ts';
import type { LayerBase, LayerDefinition } from './definition.ts';
import { idleRate, keptShare } from './dropout.ts';
import { RATE_FIELD } from './fields.ts';
import { imageMisfit } from './image.ts';

/** Dropout of whole channels (Tompson et al., arXiv:1411.4280); kept ones are divided by `1 - rate`, as in Keras. */
export interface SpatialDropout2DSpec extends LayerBase {
  readonly kind: 'spatialDropout2d';
  readonly rate: number;
}

/** What the app knows of a SpatialDropout2D layer: see `LayerDefinition`. */
export const spatialDropout2d: LayerDefinition<SpatialDropout2DSpec> = {
  title: 'SpatialDropout2D',
  group: 'dropout',
  purpose:
    'Drops whole channels at random while training; neighbouring pixels are too similar for dropping single ones to help.',
  traits: {
    inputs: 'above',
    keepsValues: true,
    linear: true,
    weights: 'none',
    normalizes: 'nothing',
    drops: true,
    readsSequences: false,
    cutsPatches: false,
    attends: false,
  },
  defaults: { kind: 'spatialDropout2d', off: false, rate: 0.2 },
  fields: [RATE_FIELD],
  infer: (_spec, input) =>
    input.length === 3 ? { shape: input } : { misfit: imageMisfit(input, 'drops whole channels of an image') },
  weights: () => [],
  flops: (_spec, input) => sizeOf(input),
  savedActivations: (_spec, _input, output) => sizeOf(output),
  idleness: (spec) => idleRate(spec.rate),
  summary: (spec) => `${spec.rate}`,
  arithmetic: (spec) => keptShare(spec.rate),
};
