import { memory } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LAYER_KINDS, type LayerKind } from '../../../src/core/network/layers/registry.ts';
import { graphOf, type Row } from '../support/networks.ts';
import { curveOf, RECIPE, startEngine } from '../support/training.ts';

const OUTPUT: Row = ['dense', { units: 10, activation: 'softmax' }];

/** The image at a quarter of its size, so that a step takes no time. */
const SMALLER: Row = ['averagePooling2d', { poolSize: 4, strides: 4 }];

/** For each kind a network that does little else. */
const NETWORKS: { readonly [Kind in LayerKind]: readonly Row[] } = {
  conv2d: [SMALLER, ['conv2d', { filters: 8 }], ['flatten'], OUTPUT],
  depthwiseConv2d: [SMALLER, ['depthwiseConv2d', { depthMultiplier: 8, padding: 'same' }], ['flatten'], OUTPUT],
  separableConv2d: [SMALLER, ['separableConv2d', { filters: 12, depthMultiplier: 2 }], ['flatten'], OUTPUT],
  maxPooling2d: [['maxPooling2d', { poolSize: 4, strides: 4 }], ['flatten'], OUTPUT],
  averagePooling2d: [['averagePooling2d', { poolSize: 4, strides: 3, padding: 'same' }], ['flatten'], OUTPUT],
  globalAveragePooling2d: [
    SMALLER,
    ['conv2d', { filters: 32 }],
    ['batchNormalization'],
    ['globalAveragePooling2d'],
    OUTPUT,
  ],
  flatten: [['flatten'], OUTPUT],
  reshape: [['reshape', { targetShape: [16, 49] }], ['flatten'], OUTPUT],
  dense: [['flatten'], ['dense', { units: 16 }], OUTPUT],
  dropout: [['flatten'], ['dropout', { rate: 0.3 }], OUTPUT],
  spatialDropout2d: [SMALLER, ['conv2d', { filters: 8 }], ['spatialDropout2d'], ['flatten'], OUTPUT],
  batchNormalization: [['flatten'], ['dense', { units: 16, activation: 'linear' }], ['batchNormalization'], OUTPUT],
  layerNormalization: [['flatten'], ['layerNormalization'], OUTPUT],
  activation: [
    ['flatten'],
    ['dense', { units: 16, activation: 'linear' }],
    ['activation', { activation: 'gelu' }],
    OUTPUT,
  ],
  add: [['flatten'], ['dense', { units: 16 }], ['dense', { units: 16 }], ['add', { from: 'dense-1' }], OUTPUT],
  concatenate: [
    SMALLER,
    ['conv2d', { filters: 4, padding: 'same' }],
    ['concatenate', { from: 'averagePooling2d-0' }],
    ['flatten'],
    OUTPUT,
  ],
  branch: [
    SMALLER,
    ['conv2d', { filters: 6, padding: 'same' }],
    ['branch', { from: 'averagePooling2d-0' }],
    ['conv2d', { filters: 6, kernelSize: 1 }],
    ['add', { from: 'conv2d-1' }],
    ['flatten'],
    OUTPUT,
  ],
  globalAveragePooling1d: [
    ['patches', { patchSize: 14 }],
    ['dense', { units: 64 }],
    ['globalAveragePooling1d'],
    OUTPUT,
  ],
  patches: [['patches', { patchSize: 7 }], ['flatten'], OUTPUT],
  positionEmbedding: [['patches', { patchSize: 7 }], ['positionEmbedding'], ['flatten'], OUTPUT],
  multiHeadAttention: [
    ['patches', { patchSize: 7 }],
    ['multiHeadAttention', { heads: 2, keySize: 4, dropout: 0.1 }],
    ['flatten'],
    OUTPUT,
  ],
  simpleRnn: [SMALLER, ['simpleRnn', { units: 16 }], OUTPUT],
  lstm: [SMALLER, ['lstm', { units: 16, returnSequences: true, bidirectional: true }], ['lstm', { units: 16 }], OUTPUT],
  gru: [SMALLER, ['gru', { units: 16 }], OUTPUT],
};

const engine = await startEngine('webgl');

let before = 0;
beforeEach(() => {
  before = memory().numTensors;
});
afterEach(() => {
  expect(memory().numTensors).toBe(before);
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

test.each(LAYER_KINDS)('%s: the loss of real garments falls, and no tensor is left', async (kind) => {
  const rows = NETWORKS[kind];
  expect(rows.some((row) => row[0] === kind)).toBe(true);
  const { losses } = await curveOf(engine, graphOf(...rows), { ...RECIPE, learningRate: 0.01 }, 32);
  expect(losses).toHaveLength(32);
  expect(losses.every(Number.isFinite)).toBe(true);
  expect(mean(losses.slice(-6))).toBeLessThan(0.8 * mean(losses.slice(0, 2)));
});
