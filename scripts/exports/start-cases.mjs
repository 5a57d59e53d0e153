import { SCHEDULES } from '../../src/core/training/schedule.ts';
import { FOUR } from './case-parts.mjs';

/** What networks begin with, layer by layer. @type {Readonly<Record<string, import('./cases.mjs').Case>>} */
export const STARTS = {
  ...Object.fromEntries(
    /** @type {const} */ ([
      'glorotUniform',
      'glorotNormal',
      'heUniform',
      'heNormal',
      'lecunUniform',
      'lecunNormal',
      'randomNormal',
    ]).map((kernelInitializer) => [
      `initial weights, ${kernelInitializer}`,
      {
        fact: 'start',
        rows: [
          ['conv2d', { filters: 32, kernelInitializer }],
          ['depthwiseConv2d', { depthMultiplier: 2, kernelSize: 5, padding: 'same', kernelInitializer }],
          ['separableConv2d', { filters: 24, padding: 'same', kernelInitializer }],
          ['globalAveragePooling2d'],
          ['dense', { units: 64, kernelInitializer }],
          FOUR,
        ],
        recipe: { epochs: 1 },
      },
    ]),
  ),
  ...Object.fromEntries(
    /** @type {const} */ (['glorotUniform', 'heNormal', 'lecunUniform', 'randomNormal']).map((kernelInitializer) => [
      `initial weights of attention, ${kernelInitializer}`,
      {
        fact: 'start',
        rows: [
          ['patches', { patchSize: 2 }],
          ['dense', { units: 24 }],
          ['positionEmbedding'],
          ['multiHeadAttention', { heads: 3, keySize: 16, dropout: 0.1, kernelInitializer }],
          ['globalAveragePooling1d'],
          FOUR,
        ],
        recipe: { epochs: 1 },
      },
    ]),
  ),
  'initial weights, recurrent layers': {
    fact: 'start',
    rows: [
      ['gru', { units: 24, bidirectional: true, returnSequences: true }],
      ['lstm', { units: 24, returnSequences: true, kernelInitializer: 'heNormal' }],
      ['simpleRnn', { units: 24, kernelInitializer: 'lecunUniform' }],
      FOUR,
    ],
    recipe: { epochs: 1 },
  },
  'every kind of layer, and everything in the recipe': {
    fact: 'start',
    rows: [
      ['conv2d', { filters: 16, kernelSize: 5, strides: 2, padding: 'same', activation: 'leakyRelu' }],
      ['depthwiseConv2d', { depthMultiplier: 2, padding: 'same', useBias: false, l1: 0.001 }],
      ['batchNormalization', { momentum: 0.9, center: false }],
      ['activation', { activation: 'swish' }],
      ['separableConv2d', { filters: 16, padding: 'same', l1: 0.001, l2: 0.01 }],
      ['add', { from: 'conv2d-1' }],
      ['spatialDropout2d', { rate: 0.1 }],
      ['branch', { from: 'conv2d-1' }],
      ['averagePooling2d', { poolSize: 3, strides: 1, padding: 'same' }],
      ['concatenate', { from: 'spatialDropout2d-1' }],
      ['maxPooling2d', { poolSize: 2, strides: 1, padding: 'same' }],
      ['layerNormalization', { center: false }],
      ['gru', { units: 24, bidirectional: true, returnSequences: true }],
      ['lstm', { units: 24, returnSequences: true, kernelInitializer: 'randomNormal', stddev: 1 }],
      ['simpleRnn', { units: 64, activation: 'sigmoid' }],
      ['reshape', { targetShape: [8, 8, 1] }],
      ['conv2d', { filters: 32, dilationRate: 2, l2: 0.0001 }],
      ['globalAveragePooling2d'],
      ['dropout', { rate: 0.5 }],
      ['dense', { units: 24, kernelInitializer: 'lecunNormal' }],
      FOUR,
    ],
    recipe: {
      optimizer: { kind: 'momentum', momentum: 0.8, nesterov: true },
      schedule: SCHEDULES.oneCycle.defaults,
      weightDecay: 0.001,
      clipNorm: 1,
      labelSmoothing: 0.1,
      labelNoise: 0.1,
      classWeights: 'balanced',
      batchSize: 20,
      epochs: 2,
      augmentation: { flip: true, alternate: false, shift: 2, rotation: 10, scale: 0.1, erase: 0.5, brightness: 0.2 },
      earlyStopping: { patience: 2, restoreBest: true },
    },
  },
};
