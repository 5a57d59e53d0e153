import { at } from '../../at.ts';
import { numberText } from '../../text/number-text.ts';
import { sizeOf } from '../shape.ts';
import type { LayerBase, LayerDefinition } from './definition.ts';
import { imageMisfit } from './image.ts';

/** The mean of each channel over the whole image (Lin, Chen and Yan, arXiv:1312.4400). */
export interface GlobalAveragePooling2DSpec extends LayerBase {
  readonly kind: 'globalAveragePooling2d';
}

/** What the app knows of a GlobalAveragePooling2D layer: see `LayerDefinition`. */
export const globalAveragePooling2d: LayerDefinition<GlobalAveragePooling2DSpec> = {
  title: 'GlobalAveragePooling2D',
  group: 'pooling',
  purpose: 'Takes the mean of each channel over the whole image: one number per channel, ready for a dense layer.',
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
  defaults: { kind: 'globalAveragePooling2d', off: false },
  fields: [],
  infer: (_spec, input) =>
    input.length === 3
      ? { shape: [at(input, 2)] }
      : { misfit: imageMisfit(input, 'takes the mean of each channel of an image') },
  weights: () => [],
  flops: (_spec, input) => sizeOf(input),
  savedActivations: (_spec, _input, output) => sizeOf(output),
  idleness: () => null,
  summary: () => '',
  arithmetic: (_spec, [height = 0, width = 0, channels = 0]) => ({
    output: [`${height} × ${width} = ${numberText(height * width)} values make one mean`, `${channels} channels stay`],
    parameters: null,
  }),
};
