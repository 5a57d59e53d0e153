import { numberText } from '../../text/number-text.ts';
import { shapeText, sizeOf } from '../shape.ts';
import type { Freezable, LayerBase, LayerDefinition } from './definition.ts';
import { FROZEN_FIELD } from './fields.ts';
import { inferSequence } from './sequence.ts';

/** A trained vector for each place of a sequence, added to what is there (Dosovitskiy et al., arXiv:2010.11929). */
export interface PositionEmbeddingSpec extends LayerBase, Freezable {
  readonly kind: 'positionEmbedding';
}

/** The standard deviation that embeddings start with, as in vision transformers. */
export const EMBEDDING_STDDEV = 0.02;

/** What the app knows of a PositionEmbedding layer: see `LayerDefinition`. */
export const positionEmbedding: LayerDefinition<PositionEmbeddingSpec> = {
  title: 'PositionEmbedding',
  group: 'attention',
  purpose: 'Adds a trained vector to each place, because attention by itself does not know where a patch lay.',
  traits: {
    inputs: 'above',
    keepsValues: false,
    linear: true,
    weights: 'affine',
    normalizes: 'nothing',
    drops: false,
    readsSequences: false,
    cutsPatches: false,
    attends: false,
  },
  defaults: { kind: 'positionEmbedding', off: false, frozen: false },
  fields: [FROZEN_FIELD],
  infer: (_spec, input) => inferSequence(input, 'marks the places', (...shape) => shape),
  weights: (_spec, input) => {
    const start = { initializer: 'randomNormal', stddev: EMBEDDING_STDDEV, trainable: true, l1: 0, l2: 0 } as const;
    return [{ name: 'embeddings', shape: input, ...start }];
  },
  flops: (_spec, input) => sizeOf(input),
  savedActivations: (_spec, _input, output) => sizeOf(output),
  idleness: () => null,
  summary: () => '',
  arithmetic: (_spec, input) => ({
    output: [`${shapeText(input)} + ${shapeText(input)}, value by value`],
    parameters: `${input.join(' × ')} = ${numberText(sizeOf(input))}`,
  }),
};
