import { FOUR, PLAIN, plainSgd } from './case-parts.mjs';

/** What makes a training shorter. @type {Readonly<Record<string, import('./cases.mjs').Case>>} */
export const SPEED = {
  'averaged weights, with batch normalisation': {
    rows: [['flatten'], ['dense', { units: 12, activation: 'linear' }], ['batchNormalization'], ['activation'], FOUR],
    recipe: { weightAveraging: 0.9, epochs: 3, ...plainSgd(0.1) },
  },
  'averaged weights, early stopping': {
    rows: PLAIN,
    recipe: { weightAveraging: 0.8, epochs: 12, earlyStopping: { patience: 1, restoreBest: true }, ...plainSgd(0.8) },
  },
  'averaged weights, early stopping without the best ones': {
    rows: PLAIN,
    recipe: { weightAveraging: 0.8, epochs: 12, earlyStopping: { patience: 1, restoreBest: false }, ...plainSgd(0.8) },
  },
  'test-time flip': {
    rows: PLAIN,
    recipe: { testTimeFlip: true, epochs: 1, weightAveraging: 0.9, ...plainSgd(0.1) },
  },
};
