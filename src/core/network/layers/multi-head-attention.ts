import { last } from '../../at.ts';
import { numberText } from '../../text/number-text.ts';
import type { Shape } from '../shape.ts';
import type { Freezable, LayerBase, LayerDefinition, WeightName, WeightSpec } from './definition.ts';
import { countField, FROZEN_FIELD, RATE_FIELD } from './fields.ts';
import { biasOf, KERNEL_DEFAULTS, KERNEL_FIELDS, type KernelOptions, kernelOf, parametersOf } from './kernel.ts';
import { inferSequence } from './sequence.ts';

/**
 * Multi-head self-attention (Vaswani et al., arXiv:1706.03762) as Keras has it: query, key and value of each place are dense
 * layers with bias; `softmax(q k^T / sqrt(keySize))` weighs the values of all places; a dense layer puts the heads together.
 */
export interface MultiHeadAttentionSpec extends LayerBase, Freezable, KernelOptions {
  readonly kind: 'multiHeadAttention';
  readonly heads: number;
  /** Numbers in the query, the key and the value of one head. */
  readonly keySize: number;
  /** The share of the attention weights that is dropped while training. */
  readonly dropout: number;
}

/** Kernels and biases in the order of Keras, the heads of query, key and value side by side. */
function weights(spec: MultiHeadAttentionSpec, [, features = 0]: Shape): readonly WeightSpec[] {
  const width = spec.heads * spec.keySize;
  const part = (kernel: WeightName, bias: WeightName, shape: Shape) => [
    kernelOf(spec, shape, kernel),
    { ...biasOf(last(shape)), name: bias },
  ];
  return [
    ...part('queryKernel', 'queryBias', [features, width]),
    ...part('keyKernel', 'keyBias', [features, width]),
    ...part('valueKernel', 'valueBias', [features, width]),
    ...part('outputKernel', 'outputBias', [width, features]),
  ];
}

/** Operations for each score: a product of query and key, the softmax (about five), and a share of the mixed values. */
function flopsOf({ heads, keySize }: MultiHeadAttentionSpec, [places = 0, features = 0]: Shape): number {
  const width = heads * keySize;
  return 8 * places * features * width + heads * places * places * (4 * keySize + 5);
}

/** Queries, keys, values and mixed values, and the scores of each head; twice, where some of them are dropped. */
function savedOf({ heads, keySize, dropout }: MultiHeadAttentionSpec, [places = 0, features = 0]: Shape): number {
  const scores = heads * places * places;
  return 4 * places * heads * keySize + (dropout > 0 ? 2 : 1) * scores + places * features;
}

/** What the app knows of a MultiHeadAttention layer: see `LayerDefinition`. */
export const multiHeadAttention: LayerDefinition<MultiHeadAttentionSpec> = {
  title: 'MultiHeadAttention',
  group: 'attention',
  purpose: 'Each place looks at all places, weighs them by how well they match, and takes in a mixture of them.',
  traits: {
    inputs: 'above',
    keepsValues: false,
    linear: false,
    weights: 'kernel',
    normalizes: 'nothing',
    drops: false,
    readsSequences: false,
    cutsPatches: false,
    attends: true,
  },
  defaults: {
    kind: 'multiHeadAttention',
    off: false,
    frozen: false,
    heads: 4,
    keySize: 16,
    dropout: 0,
    ...KERNEL_DEFAULTS,
  },
  fields: [
    FROZEN_FIELD,
    countField(
      'heads',
      'Heads',
      'How many ways of looking there are, each with weights of its own; usual: 2 to 8.',
      32,
    ),
    countField(
      'keySize',
      'Key size',
      'How many numbers of a place are compared in each head; usual: the features divided by the heads.',
      512,
    ),
    {
      ...RATE_FIELD,
      option: 'dropout',
      label: 'Dropout',
      explanation: 'The share of attention weights that is dropped at each training step; usual: 0 to 0.2.',
    },
    ...KERNEL_FIELDS,
  ],
  infer: (_spec, input) => inferSequence(input, 'compares the places', (...shape) => shape),
  weights,
  flops: flopsOf,
  savedActivations: savedOf,
  idleness: () => null,
  summary: ({ heads, keySize }) => `${heads} heads · ${keySize}`,
  arithmetic: (spec, input) => {
    const { heads, keySize } = spec;
    const [places = 0, features = 0] = input;
    const total = numberText(parametersOf(weights(spec, input)));
    const [pairs, width] = [places * places, heads * keySize];
    return {
      output: [
        'the same shape',
        `${heads} × ${places} × ${places} = ${numberText(heads * pairs)} attention weights`,
        `softmax(q · k / √${keySize}) over ${places} places`,
      ],
      parameters: `3 × (${features} + 1) × ${width} + (${width} + 1) × ${features} = ${total}`,
    };
  },
};
