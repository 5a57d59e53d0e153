/** @typedef {import('../../src/core/training/recipe.ts').Recipe} Recipe */

/** Enough for differences to show, and few enough to compare many. */
const EPOCHS = 4;
const PLAIN = { rotation: 0, scale: 0, erase: 0, brightness: 0 };

/** One change each of the recipe of the fast residual network. @type {readonly (readonly [id: string, what: string, change: Partial<Recipe>])[]} */
const CHANGES = [
  ['as-it-is', 'The recipe as it is, in four epochs', {}],
  [
    'adamw',
    'AdamW in place of Muon',
    { optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0.004 } },
  ],
  [
    'constant-rate',
    'The same learning rate from first to last in place of one cycle',
    { schedule: { kind: 'constant' } },
  ],
  ['higher-rate', 'At twice the learning rate', { learningRate: 0.02 }],
  ['no-smoothing', 'Without label smoothing', { labelSmoothing: 0 }],
  ['larger-batches', 'Batches of 256 at 1.4 times the rate', { batchSize: 256, learningRate: 0.014 }],
  ['averaged-weights', 'Judged by an average of the weights', { weightAveraging: 0.99 }],
  ['alternating-flip', 'Flips that alternate', { augmentation: { ...PLAIN, flip: true, alternate: true, shift: 2 } }],
  ['no-augmentation', 'Images as they are', { augmentation: { ...PLAIN, flip: false, alternate: false, shift: 0 } }],
];

/** What each part of the recipe of the fast residual network is worth. @type {readonly import('./experiments.mjs').Experiment[]} */
export const WHAT_PAYS = CHANGES.map(([id, what, change]) => ({
  id: `pays-${id}`,
  source: 'What pays in a short training',
  what,
  claim: 'no report',
  preset: 'fast-residual',
  recipe: { ...change, epochs: EPOCHS },
  seeds: 2,
  why: 'To be compared with the first line.',
}));
