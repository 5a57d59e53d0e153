import { last } from '../../at.ts';
import { numberText } from '../../text/number-text.ts';
import { type Shape, sizeOf } from '../shape.ts';
import type { Freezable, LayerBase, LayerDefinition, WeightSpec } from './definition.ts';
import { CENTER_FIELD, EPSILON_FIELD, FROZEN_FIELD, SCALE_FIELD } from './fields.ts';

/** Batch normalisation over all axes but the last (Ioffe and Szegedy, arXiv:1502.03167); defaults as in Keras. */
export interface BatchNormalizationSpec extends LayerBase, Freezable {
  readonly kind: 'batchNormalization';
  /** How much of the moving statistics each step keeps. */
  readonly momentum: number;
  /** Added to the variance before the square root. */
  readonly epsilon: number;
  /** Whether a trained offset (beta) is added. */
  readonly center: boolean;
  /** Whether a trained factor (gamma) is applied. */
  readonly scale: boolean;
}

function weights(spec: BatchNormalizationSpec, input: Shape): readonly WeightSpec[] {
  const shape = [last(input)];
  const plain = { shape, l1: 0, l2: 0 };
  const gamma: WeightSpec = { ...plain, name: 'gamma', initializer: 'ones', trainable: true };
  const beta: WeightSpec = { ...plain, name: 'beta', initializer: 'zeros', trainable: true };
  return [
    ...(spec.scale ? [gamma] : []),
    ...(spec.center ? [beta] : []),
    { ...plain, name: 'movingMean', initializer: 'zeros', trainable: false },
    { ...plain, name: 'movingVariance', initializer: 'ones', trainable: false },
  ];
}

/** What the app knows of a BatchNormalization layer: see `LayerDefinition`. */
export const batchNormalization: LayerDefinition<BatchNormalizationSpec> = {
  title: 'BatchNormalization',
  group: 'normalization',
  purpose:
    'Shifts and scales each channel to mean 0 and deviation 1 over the batch, which lets deep networks learn faster.',
  traits: {
    inputs: 'above',
    keepsValues: false,
    linear: true,
    weights: 'affine',
    normalizes: 'channels',
    drops: false,
    readsSequences: false,
    cutsPatches: false,
    attends: false,
  },
  defaults: {
    kind: 'batchNormalization',
    off: false,
    frozen: false,
    momentum: 0.99,
    epsilon: 1e-3,
    center: true,
    scale: true,
  },
  fields: [
    FROZEN_FIELD,
    {
      option: 'momentum',
      label: 'Momentum',
      type: 'number',
      min: 0,
      max: 0.9999,
      steps: [0.9, 0.95, 0.99, 0.999],
      explanation: 'How slowly the statistics used for evaluation follow those of the batches; usual: 0.9 to 0.99.',
    },
    EPSILON_FIELD,
    CENTER_FIELD,
    SCALE_FIELD,
  ],
  infer: (_spec, input) => ({ shape: input }),
  weights,
  flops: (_spec, input) => 2 * sizeOf(input),
  savedActivations: (_spec, _input, output) => sizeOf(output),
  idleness: () => null,
  summary: (spec) => `momentum ${spec.momentum}`,
  arithmetic: (spec, input) => {
    const channels = last(input);
    const each = weights(spec, input).length;
    const total = numberText(each * channels);
    const fixed = numberText(2 * channels);
    return { output: ['the same shape'], parameters: `${each} × ${channels} = ${total}, ${fixed} of them not trained` };
  },
};
