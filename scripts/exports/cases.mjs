import { OPTIMIZERS } from '../../src/core/training/optimizers/registry.ts';
import { SCHEDULES } from '../../src/core/training/schedule.ts';
import { BEGINNINGS } from './beginning-cases.mjs';
import { FOUR, PLAIN, plainSgd, SIGMOID } from './case-parts.mjs';
import { SHARED } from './shared-cases.mjs';
import { SPEED } from './speed-cases.mjs';
import { STARTS } from './start-cases.mjs';
import { VARIATIONS } from './variation-cases.mjs';

/** @typedef {import('../../tests/fixtures/specs/fixture.ts').Row} Row */

/**
 * A network and a recipe whose programs are run.
 * @typedef {object} Case
 * @property {readonly Row[]} rows
 * @property {'spots' | 'library' | 'rows'} [dataset] images from files, if left out
 * @property {Partial<import('../../src/core/training/recipe.ts').Recipe>} [recipe] what differs from the recipe of all cases
 * @property {boolean} [isShared] by two processes
 * @property {'all' | 'not the head' | 'absent'} [carried] which layers begin with weights that the program loads; `absent`: those of a file
 *   that is not there
 * @property {'course' | 'start' | 'variation' | 'beginning'} [fact] what is compared: if left out, the course of the training; a beginning:
 *   what it answers before the first step
 */

/** @type {readonly Row[]} */
const CONVOLUTIONS = [
  ['conv2d', { filters: 6, activation: 'linear', useBias: false }],
  ['batchNormalization', { scale: false }],
  ['activation', { activation: 'tanh' }],
  ['depthwiseConv2d', { depthMultiplier: 2, strides: 2, padding: 'same', activation: 'tanh' }],
  ['separableConv2d', { filters: 5, activation: 'tanh' }],
  ['flatten'],
  FOUR,
];

/** Every fault of a program that was found once: each fails where the program says something else than the app. */
/** @type {Readonly<Record<string, Case>>} */
export const CASES = {
  ...Object.fromEntries(
    Object.values(SCHEDULES).flatMap(({ defaults }) => [
      [`rate, ${defaults.kind}`, { rows: PLAIN, recipe: { schedule: defaults } }],
      [`whole-number rate, ${defaults.kind}`, { rows: PLAIN, recipe: { schedule: defaults, ...plainSgd(1) } }],
    ]),
  ),
  'rate, step with parts that are not equal': {
    rows: PLAIN,
    recipe: { schedule: { kind: 'step', drops: 3, factor: 0.5 }, epochs: 4, batchSize: 19 },
  },
  'rate, one cycle without a rise': {
    rows: PLAIN,
    recipe: { schedule: { ...SCHEDULES.oneCycle.defaults, warmUpShare: 0 } },
  },
  'rate, one cycle of whole numbers': {
    rows: PLAIN,
    recipe: { schedule: { kind: 'oneCycle', warmUpShare: 0.5, startDivisor: 1, finalDivisor: 1 } },
  },
  ...Object.fromEntries(
    Object.values(OPTIMIZERS).flatMap(({ defaults, title }) =>
      ['constant', 'cosine'].map((kind) => [
        `update rule, ${title}, ${kind}`,
        {
          rows: PLAIN,
          recipe: {
            optimizer: 'epsilon' in defaults ? { ...defaults, epsilon: 0.001 } : defaults,
            learningRate: 0.02,
            schedule: kind === 'cosine' ? SCHEDULES.cosine.defaults : SCHEDULES.constant.defaults,
          },
        },
      ]),
    ),
  ),
  'update rule, Nesterov, one cycle': {
    rows: PLAIN,
    recipe: {
      optimizer: { kind: 'momentum', momentum: 0.8, nesterov: true },
      schedule: SCHEDULES.oneCycle.defaults,
      learningRate: 0.1,
    },
  },
  'clipped gradient': { rows: PLAIN, recipe: { clipNorm: 1, ...plainSgd(0.5) } },
  'last batch not full': { rows: PLAIN, recipe: { batchSize: 40, schedule: SCHEDULES.cosine.defaults } },
  'fewer images than a batch': { rows: PLAIN, recipe: { batchSize: 128, schedule: SCHEDULES.cosine.defaults } },
  'fewer images than a batch, from the library': {
    rows: PLAIN,
    dataset: 'library',
    recipe: { batchSize: 128, validateOn: 'test' },
  },
  'a single image in the last batch': {
    rows: [['flatten'], ['dense', { units: 6 }], ['batchNormalization'], FOUR],
    recipe: { batchSize: 19, validateOn: 'test', epochs: 1 },
  },
  'weight decay beside a factor that stays': {
    rows: CONVOLUTIONS,
    recipe: { weightDecay: 0.5, ...plainSgd(0.1) },
  },
  'weight decay of AdamW': {
    rows: CONVOLUTIONS,
    recipe: { optimizer: { ...OPTIMIZERS.adamw.defaults, weightDecay: 1 }, learningRate: 0.01 },
  },
  'frozen layers': {
    rows: [
      ['conv2d', { filters: 6, activation: 'tanh', frozen: true }],
      ['batchNormalization', { frozen: true }],
      ['separableConv2d', { filters: 5, activation: 'tanh' }],
      ['flatten'],
      FOUR,
    ],
    recipe: { weightDecay: 0.5, clipNorm: 1, ...plainSgd(0.1) },
  },
  'attention on patches': {
    rows: [
      ['patches', { patchSize: 2 }],
      ['dense', { units: 6, activation: 'linear' }],
      ['positionEmbedding'],
      ['layerNormalization'],
      ['multiHeadAttention', { heads: 2, keySize: 5, l2: 0.01 }],
      ['add', { from: 'positionEmbedding-1' }],
      ['layerNormalization'],
      ['dense', { units: 8, activation: 'gelu' }],
      ['globalAveragePooling1d'],
      FOUR,
    ],
    recipe: { earlyStopping: { patience: 3, restoreBest: false }, ...plainSgd(0.2) },
  },
  'attention without a shortcut, its positions frozen': {
    rows: [
      ['patches', { patchSize: 5 }],
      ['positionEmbedding', { frozen: true }],
      ['multiHeadAttention', { heads: 3, keySize: 4 }],
      ['flatten'],
      FOUR,
    ],
    recipe: plainSgd(0.1),
  },
  'label smoothing': { rows: PLAIN, recipe: { labelSmoothing: 0.2 } },
  'squared error': { rows: PLAIN, recipe: { loss: 'meanSquaredError' } },
  'squared error with label smoothing': { rows: PLAIN, recipe: { loss: 'meanSquaredError', labelSmoothing: 0.2 } },
  'squared error of a sigmoid with label smoothing': {
    rows: SIGMOID,
    dataset: 'rows',
    recipe: { loss: 'meanSquaredError', labelSmoothing: 0.2 },
  },
  'sigmoid with label smoothing': { rows: SIGMOID, dataset: 'rows', recipe: { labelSmoothing: 0.2 } },
  'class weights': { rows: PLAIN, recipe: { classWeights: 'balanced', labelSmoothing: 0.1 } },
  'squared error with class weights': {
    rows: PLAIN,
    recipe: { classWeights: 'balanced', loss: 'meanSquaredError', labelSmoothing: 0.1, batchSize: 40 },
  },
  'early stopping by the loss that is trained': {
    rows: PLAIN,
    recipe: {
      epochs: 12,
      loss: 'meanSquaredError',
      labelSmoothing: 0.4,
      earlyStopping: { patience: 1, restoreBest: true },
      ...plainSgd(8),
    },
  },
  'early stopping beside penalties': {
    rows: [['flatten'], ['dense', { units: 6, activation: 'tanh', l1: 0.01, l2: 0.1 }], FOUR],
    recipe: { epochs: 12, earlyStopping: { patience: 1, restoreBest: true }, ...plainSgd(0.8) },
  },
  ...STARTS,
  ...SHARED,
  ...BEGINNINGS,
  ...VARIATIONS,
  ...SPEED,
};
