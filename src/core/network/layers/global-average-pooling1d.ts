import { sizeOf } from '../shape.ts';
import type { LayerBase, LayerDefinition } from './definition.ts';
import { inferSequence } from './sequence.ts';

/** The mean of each feature over all places of a sequence. */
export interface GlobalAveragePooling1DSpec extends LayerBase {
  readonly kind: 'globalAveragePooling1d';
}

/** What the app knows of a GlobalAveragePooling1D layer: see `LayerDefinition`. */
export const globalAveragePooling1d: LayerDefinition<GlobalAveragePooling1DSpec> = {
  title: 'GlobalAveragePooling1D',
  group: 'pooling',
  purpose: 'Takes the mean of each feature over all places of a sequence: one row, ready for a dense layer.',
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
  defaults: { kind: 'globalAveragePooling1d', off: false },
  fields: [],
  infer: (_spec, input) => inferSequence(input, 'takes the mean over all places', (_places, features) => [features]),
  weights: () => [],
  flops: (_spec, input) => sizeOf(input),
  savedActivations: (_spec, _input, output) => sizeOf(output),
  idleness: () => null,
  summary: () => '',
  arithmetic: (_spec, [places, features]) => ({
    output: [`${places} values make one mean`, `${features} features stay`],
    parameters: null,
  }),
};
