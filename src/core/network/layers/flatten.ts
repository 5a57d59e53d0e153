import { numberText } from '../../text/number-text.ts';
import { sizeOf } from '../shape.ts';
import type { LayerBase, LayerDefinition } from './definition.ts';

/** Lays all values of an image out in one row. */
export interface FlattenSpec extends LayerBase {
  readonly kind: 'flatten';
}

/** What the app knows of a Flatten layer: see `LayerDefinition`. */
export const flatten: LayerDefinition<FlattenSpec> = {
  title: 'Flatten',
  group: 'shape',
  purpose: 'Lays the image out as one long row of numbers, so that a dense layer can take it. It changes no value.',
  traits: {
    inputs: 'above',
    keepsValues: true,
    linear: true,
    weights: 'none',
    normalizes: 'nothing',
    drops: false,
    readsSequences: false,
    cutsPatches: false,
    attends: false,
  },
  defaults: { kind: 'flatten', off: false },
  fields: [],
  infer: (_spec, input) => ({ shape: [sizeOf(input)] }),
  weights: () => [],
  flops: () => 0,
  savedActivations: (_spec, _input, output) => sizeOf(output),
  idleness: (_spec, input) => (input.length > 1 ? null : { reason: 'its input is a row already', repair: null }),
  summary: () => '',
  arithmetic: (_spec, input, output) => ({
    output: [`${input.join(' × ')} = ${numberText(sizeOf(output))}`],
    parameters: null,
  }),
};
