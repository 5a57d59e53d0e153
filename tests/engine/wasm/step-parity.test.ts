import { beforeAll, expect, test } from 'vitest';
import { ACTIVATIONS } from '../../../src/core/network/activations.ts';
import { RECURRENT_ACTIVATIONS } from '../../../src/core/network/layers/simple-rnn.ts';
import { NO_AUGMENTATION } from '../../../src/core/training/augmentation.ts';
import { OPTIMIZERS } from '../../../src/core/training/optimizers/registry.ts';
import type { Recipe } from '../../../src/core/training/recipe.ts';
import type { Engine, Trainer } from '../../../src/engine/engine.ts';
import { RecordedTrainer } from '../../../src/engine/recorded-trainer.ts';
import {
  EVERY_KIND,
  FROZEN,
  FROZEN_BASE,
  graphOf,
  type Row,
  SMALL_RESIDUAL,
  SMALL_TRANSFORMER,
} from '../support/networks.ts';
import { tapeTrainer } from '../support/tape-trainer.ts';
import { DATA_URL, RECIPE, startEngine, stepResults } from '../support/training.ts';

const STEPS = 3;

/** Little data in odd batches, the last of an epoch with samples of the next order. */
const SMALL: Recipe = { ...RECIPE, trainingImages: 64, batchSize: 21 };

const OUTPUT: Row = ['dense', { units: 10, activation: 'softmax' }];
const DENSE: readonly Row[] = [['flatten'], ['dense', { units: 12 }], OUTPUT];
const REGULAR: readonly Row[] = [
  ['flatten'],
  ['dense', { units: 24, activation: 'tanh', l1: 0.001, l2: 0.01 }],
  ['dropout', { rate: 0.4 }],
  ['dense', { units: 11, l2: 0.02 }],
  ['dense', { units: 10, activation: 'softmax' }],
];

/** What is compared: its name, the network, and how its recipe differs. */
type Case = readonly [name: string, rows: readonly Row[], change: Partial<Recipe>];

const CASES: readonly Case[] = [
  ...Object.values(OPTIMIZERS).flatMap(({ title, defaults }): Case[] => [
    [title, DENSE, { optimizer: defaults }],
    [`${title} with weight decay`, DENSE, { optimizer: defaults, weightDecay: 0.01 }],
  ]),
  [
    'Muon on matrices wider and taller than they are high, clipped',
    [
      ['conv2d', { filters: 10, kernelSize: 3, strides: 3, activation: 'tanh' }],
      ['conv2d', { filters: 70, kernelSize: 2, strides: 3, activation: 'relu' }],
      ['batchNormalization'],
      ['flatten'],
      ['dense', { units: 12, l2: 0.01 }],
      OUTPUT,
    ],
    { optimizer: { ...OPTIMIZERS.muon.defaults, nesterov: false }, clipNorm: 0.5, weightDecay: 0.01 },
  ],
  [
    'averaged weights',
    [['flatten'], ['dense', { units: 9, frozen: true }], ['batchNormalization'], ['dense', { units: 8 }], OUTPUT],
    { weightAveraging: 0.9, weightDecay: 0.01 },
  ],
  ['averaged weights, moved by Muon', DENSE, { weightAveraging: 0.99, optimizer: OPTIMIZERS.muon.defaults }],
  ...ACTIVATIONS.flatMap((activation): Case[] => [
    [`dense with ${activation}`, [['flatten'], ['dense', { units: 9, activation }], OUTPUT], {}],
    [
      `a layer of ${activation}`,
      [['flatten'], ['dense', { units: 9, activation: 'linear' }], ['activation', { activation }], OUTPUT],
      {},
    ],
  ]),
  ['squared error', DENSE, { loss: 'meanSquaredError' }],
  ['label smoothing', DENSE, { labelSmoothing: 0.1 }],
  ['squared error, smoothed', DENSE, { loss: 'meanSquaredError', labelSmoothing: 0.2, classWeights: 'balanced' }],
  ['class weights', DENSE, { classWeights: 'balanced' }],
  ['label noise', DENSE, { labelNoise: 0.3 }],
  ['clipping', REGULAR, { clipNorm: 0.5 }],
  ['penalties and dropout', REGULAR, {}],
  ['no bias', [['flatten'], ['dense', { units: 8, useBias: false }], OUTPUT], {}],
  [
    'a frozen layer with a penalty',
    [['flatten'], ['dense', { units: 16 }], ['dense', { units: 12, frozen: true, l2: 0.01 }], OUTPUT],
    {},
  ],
  ['a frozen base', [['flatten'], ['dense', { units: 16, frozen: true }], OUTPUT], {}],
  ['augmentation', DENSE, { augmentation: { ...NO_AUGMENTATION, flip: true, shift: 2, rotation: 10, erase: 0.5 } }],
  ['images mirrored by turns', DENSE, { augmentation: { ...NO_AUGMENTATION, flip: true, alternate: true } }],
  ['every kind of layer once', EVERY_KIND, {}],
  ['a residual block', SMALL_RESIDUAL, {}],
  ['frozen layers', FROZEN, {}],
  ['a frozen base of convolutions', FROZEN_BASE, {}],
  [
    'convolutions with and without padding, stride, dilation and bias',
    [
      ['conv2d', { filters: 3, strides: 3, activation: 'tanh' }],
      ['conv2d', { filters: 5, kernelSize: 2, padding: 'same', useBias: false, activation: 'relu' }],
      ['conv2d', { filters: 9, dilationRate: 2, padding: 'same', activation: 'gelu' }],
      ['maxPooling2d', { poolSize: 3, strides: 2, padding: 'same' }],
      ['averagePooling2d', { poolSize: 3, strides: 2, padding: 'same' }],
      ['flatten'],
      ['dense', { units: 12, activation: 'elu' }],
      ['batchNormalization', { momentum: 0.5, epsilon: 0.01, center: false }],
      OUTPUT,
    ],
    {},
  ],
  [
    'a batch normalisation first, without a factor',
    [['batchNormalization', { scale: false }], ['averagePooling2d', { poolSize: 4 }], ['flatten'], OUTPUT],
    {},
  ],
  [
    'a value with four readers, some of them through a branch',
    [
      ['conv2d', { filters: 4, strides: 4, activation: 'tanh' }],
      ['conv2d', { filters: 4, padding: 'same' }],
      ['add', { from: 'conv2d-0' }],
      ['branch', { from: 'conv2d-0' }],
      ['conv2d', { filters: 4, padding: 'same', activation: 'linear' }],
      ['add', { from: 'add-2' }],
      ['add', { from: 'conv2d-0' }],
      ['add', { from: 'add-6' }],
      ['globalAveragePooling2d'],
      OUTPUT,
    ],
    {},
  ],
  [
    'layer normalisation, whole channels dropped, and channels side by side',
    [
      ['conv2d', { filters: 5, strides: 4, activation: 'relu' }],
      ['layerNormalization'],
      ['spatialDropout2d', { rate: 0.4 }],
      ['conv2d', { filters: 3, padding: 'same' }],
      ['concatenate', { from: 'layerNormalization-1' }],
      ['layerNormalization', { scale: false, center: false }],
      ['flatten'],
      OUTPUT,
    ],
    {},
  ],
  [
    'samples side by side with what is made of them',
    [
      ['conv2d', { padding: 'same', filters: 2 }],
      ['concatenate', { from: 'input' }],
      ['averagePooling2d', { poolSize: 4 }],
      ['flatten'],
      OUTPUT,
    ],
    {},
  ],
  [
    'a convolution of each channel by itself, with several filters, bias and activation',
    [
      ['conv2d', { filters: 5, strides: 3, activation: 'tanh' }],
      ['depthwiseConv2d', { padding: 'same', activation: 'relu' }],
      ['depthwiseConv2d', { depthMultiplier: 3, strides: 2, padding: 'same', activation: 'swish' }],
      ['depthwiseConv2d', { kernelSize: 2, dilationRate: 2, depthMultiplier: 2, useBias: false }],
      ['flatten'],
      OUTPUT,
    ],
    {},
  ],
  [
    'convolutions of each channel, and then of all channels of a pixel',
    [
      ['separableConv2d', { filters: 6, strides: 3, activation: 'relu' }],
      ['separableConv2d', { filters: 7, depthMultiplier: 2, padding: 'same', activation: 'gelu', useBias: false }],
      ['separableConv2d', { filters: 4, dilationRate: 2, padding: 'same', frozen: true }],
      ['globalAveragePooling2d'],
      OUTPUT,
    ],
    {},
  ],
  ...(['simpleRnn', 'lstm', 'gru'] as const).flatMap((kind): Case[] => [
    [`${kind}, the last step`, [[kind, { units: 6 }], OUTPUT], {}],
    [
      `${kind}, every step, in both directions, one upon the other`,
      [
        ['averagePooling2d', { poolSize: 4 }],
        [kind, { units: 5, bidirectional: true, returnSequences: true }],
        [kind, { units: 7, bidirectional: true }],
        OUTPUT,
      ],
      { clipNorm: 1 },
    ],
    // More values than a thread takes at once.
    [`${kind} of many units`, [['averagePooling2d', { poolSize: 7 }], [kind, { units: 131 }], OUTPUT], {}],
    [
      `${kind}, frozen, above weights that learn, and of a single step`,
      [
        ['flatten'],
        ['dense', { units: 12 }],
        ['reshape', { targetShape: [4, 3] }],
        [kind, { units: 4, frozen: true, returnSequences: true }],
        ['flatten'],
        ['reshape', { targetShape: [1, 16] }],
        [kind, { units: 3, l2: 0.01 }],
        OUTPUT,
      ],
      {},
    ],
  ]),
  ...RECURRENT_ACTIVATIONS.map(
    (activation): Case => [`simpleRnn with ${activation}`, [['simpleRnn', { units: 5, activation }], OUTPUT], {}],
  ),
  ['a vision transformer', SMALL_TRANSFORMER, {}],
  [
    'attention that drops weights, upon patches of what was learnt',
    [
      ['conv2d', { filters: 2, padding: 'same' }],
      ['patches', { patchSize: 14 }],
      ['multiHeadAttention', { heads: 2, keySize: 3, dropout: 0.3 }],
      ['flatten'],
      OUTPUT,
    ],
    {},
  ],
  [
    'frozen attention and frozen places',
    [
      ['patches', { patchSize: 14 }],
      ['dense', { units: 6 }],
      ['positionEmbedding', { frozen: true }],
      ['multiHeadAttention', { heads: 2, keySize: 3, frozen: true }],
      ['flatten'],
      OUTPUT,
    ],
    {},
  ],
  ['attention first', [['reshape', { targetShape: [28, 28] }], ['multiHeadAttention'], ['flatten'], OUTPUT], {}],
  [
    'convolutions in tiles, with bias and without, of a size that tiles fit and of one that they do not',
    [
      ['conv2d', { filters: 16, strides: 2, padding: 'same', activation: 'tanh' }],
      ['conv2d', { filters: 24, padding: 'same', activation: 'relu' }],
      ['conv2d', { filters: 16, padding: 'same', activation: 'linear', useBias: false }],
      ['maxPooling2d'],
      ['conv2d', { filters: 16, activation: 'relu' }],
      ['conv2d', { filters: 8, strides: 2, padding: 'same' }],
      ['globalAveragePooling2d'],
      OUTPUT,
    ],
    {},
  ],
  ['dense on rows of an image', [['dense', { units: 3 }], ['flatten'], OUTPUT], {}],
];

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine('wasm');
});

test.each(CASES)(
  'the recorded step does what the tape does, bit for bit: %s',
  async (_name, rows, change: Partial<Recipe>) => {
    const graph = graphOf(...rows);
    const recipe = { ...SMALL, ...change };
    const recorded = await engine.createTrainer(graph, recipe);
    expect(recorded).toBeInstanceOf(RecordedTrainer);
    const actual = await resultsOf(recorded);
    const expected = await resultsOf(await tapeTrainer(graph, recipe, DATA_URL, 'wasm'));
    expect([...actual.keys()]).toEqual([...expected.keys()]);
    for (const [name, bits] of actual)
      expect(`${name}: ${differences(bits, expected.get(name))}`).toBe(`${name}: none`);
  },
);

/** Losses, accuracies, weights and slots after some steps by name, as bits. */
async function resultsOf(trainer: Trainer): Promise<ReadonlyMap<string, Uint32Array>> {
  return new Map([...(await stepResults(trainer, STEPS))].map(([name, values]) => [name, bitsOf(values)]));
}

/** How many values differ, in words: the whole lists are too long to be printed. */
function differences(bits: Uint32Array, others: Uint32Array = new Uint32Array()): string {
  if (bits.length !== others.length) return `${bits.length} values, not ${others.length}`;
  const count = bits.reduce((sum, value, i) => sum + Number(value !== others[i]), 0);
  return count === 0 ? 'none' : `${count} of ${bits.length}`;
}

function bitsOf(values: Float32Array | Float64Array): Uint32Array {
  return new Uint32Array(values.slice().buffer);
}
