import { FOUR, PLAIN, plainSgd } from './case-parts.mjs';

/** @typedef {import('../../tests/fixtures/specs/fixture.ts').Row} Row */

/** @type {readonly Row[]} */
const FROZEN = [
  ['conv2d', { filters: 6, activation: 'tanh', frozen: true }],
  ['batchNormalization', { frozen: true }],
  ['depthwiseConv2d', { depthMultiplier: 2, strides: 2, padding: 'same' }],
  ['separableConv2d', { filters: 5, activation: 'tanh' }],
  ['batchNormalization', { scale: false }],
  ['flatten'],
  ['dense', { units: 6 }],
  FOUR,
];

/** @type {readonly Row[]} */
const ATTENTION = [
  ['patches', { patchSize: 2 }],
  ['dense', { units: 6, activation: 'linear' }],
  ['positionEmbedding'],
  ['layerNormalization'],
  ['multiHeadAttention', { heads: 2, keySize: 5 }],
  ['add', { from: 'positionEmbedding-1' }],
  ['globalAveragePooling1d'],
  FOUR,
];

/** @type {readonly Row[]} */
const RECURRENT = [
  ['gru', { units: 7, bidirectional: true, returnSequences: true }],
  ['lstm', { units: 6, returnSequences: true }],
  ['simpleRnn', { units: 5 }],
  FOUR,
];

/** Networks that begin with weights which the program loads. @type {Readonly<Record<string, import('./cases.mjs').Case>>} */
export const BEGINNINGS = {
  'begins with the weights of another network, but for its head': {
    fact: 'beginning',
    carried: 'not the head',
    rows: FROZEN,
    recipe: { epochs: 1, ...plainSgd(0.1) },
  },
  'begins with all weights, attention': { fact: 'beginning', carried: 'all', rows: ATTENTION, recipe: { epochs: 1 } },
  'begins with all weights, recurrent layers': {
    fact: 'beginning',
    carried: 'all',
    rows: RECURRENT,
    recipe: { epochs: 1 },
  },
  'two processes, begins with the weights of another network': {
    isShared: true,
    fact: 'beginning',
    carried: 'not the head',
    rows: PLAIN,
    recipe: { epochs: 1, batchSize: 20 },
  },
  'begins with new weights, since the file is not there': {
    fact: 'start',
    carried: 'absent',
    rows: [['conv2d', { filters: 32 }], ['flatten'], ['dense', { units: 64 }], FOUR],
    recipe: { epochs: 1 },
  },
};
