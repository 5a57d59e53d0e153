import { last } from '../../at.ts';
import { numberText } from '../../text/number-text.ts';
import { type Shape, sizeOf } from '../shape.ts';
import type { Freezable, LayerBase, LayerDefinition, WeightSpec } from './definition.ts';
import { CENTER_FIELD, EPSILON_FIELD, FROZEN_FIELD, SCALE_FIELD } from './fields.ts';

/** Normalisation of each image by itself, over the last axis (Ba, Kiros and Hinton, arXiv:1607.06450), as in Keras. */
export interface LayerNormalizationSpec extends LayerBase, Freezable {
  readonly kind: 'layerNormalization';
  /** Added to the variance before the square root. */
  readonly epsilon: number;
  /** Whether a trained offset (beta) is added. */
  readonly center: boolean;
  /** Whether a trained factor (gamma) is applied. */
  readonly scale: boolean;
}

function weights(spec: LayerNormalizationSpec, input: Shape): readonly WeightSpec[] {
  const plain = { shape: [last(input)], trainable: true, l1: 0, l2: 0 };
  const gamma: WeightSpec = { ...plain, name: 'gamma', initializer: 'ones' };
  const beta: WeightSpec = { ...plain, name: 'beta', initializer: 'zeros' };
  return [...(spec.scale ? [gamma] : []), ...(spec.center ? [beta] : [])];
}

/** What the app knows of a LayerNormalization layer: see `LayerDefinition`. */
export const layerNormalization: LayerDefinition<LayerNormalizationSpec> = {
  title: 'LayerNormalization',
  group: 'normalization',
  purpose:
    'Shifts and scales the channels of each pixel, or the units of a row, to mean 0 and deviation 1, whatever else is in the batch.',
  traits: {
    inputs: 'above',
    keepsValues: false,
    linear: false,
    weights: 'affine',
    normalizes: 'samples',
    drops: false,
    readsSequences: false,
    cutsPatches: false,
    attends: false,
  },
  defaults: { kind: 'layerNormalization', off: false, frozen: false, epsilon: 1e-3, center: true, scale: true },
  fields: [FROZEN_FIELD, EPSILON_FIELD, CENTER_FIELD, SCALE_FIELD],
  infer: (_spec, input) => ({ shape: input }),
  weights,
  flops: (_spec, input) => 7 * sizeOf(input),
  savedActivations: (_spec, _input, output) => sizeOf(output),
  idleness: () => null,
  summary: () => '',
  arithmetic: (spec, input) => {
    const [last = 0, each] = [input.at(-1), weights(spec, input).length];
    const total = numberText(each * last);
    return { output: ['the same shape'], parameters: each === 0 ? null : `${each} × ${numberText(last)} = ${total}` };
  },
};
