import { OPTIMIZERS } from '../../src/core/training/optimizers/registry.ts';
import { FOUR, PLAIN, plainSgd } from './case-parts.mjs';

/** What makes a training shorter. @type {Readonly<Record<string, import('./cases.mjs').Case>>} */
export const SPEED = {
  'Muon, with convolutions': {
    rows: [
      ['conv2d', { filters: 5, strides: 2 }],
      ['conv2d', { filters: 24, activation: 'tanh' }],
      ['flatten'],
      ['dense', { units: 6, activation: 'tanh' }],
      FOUR,
    ],
    recipe: { optimizer: OPTIMIZERS.muon.defaults, learningRate: 0.003, epochs: 1, weightDecay: 0.1 },
  },
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
