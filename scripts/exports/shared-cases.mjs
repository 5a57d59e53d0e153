import { SCHEDULES } from '../../src/core/training/schedule.ts';
import { FOUR, PLAIN, plainSgd, SIGMOID } from './case-parts.mjs';

/** Networks whose training two processes share. @type {Readonly<Record<string, import('./cases.mjs').Case>>} */
export const SHARED = {
  'two processes, one cycle': {
    isShared: true,
    rows: PLAIN,
    recipe: {
      optimizer: { kind: 'momentum', momentum: 0.8, nesterov: true },
      schedule: SCHEDULES.oneCycle.defaults,
      weightDecay: 0.01,
      clipNorm: 1,
      batchSize: 32,
    },
  },
  'two processes, last batch not full, from the library': {
    isShared: true,
    rows: PLAIN,
    dataset: 'library',
    recipe: { batchSize: 40, schedule: SCHEDULES.cosine.defaults, classWeights: 'balanced', labelSmoothing: 0.1 },
  },
  'two processes, early stopping': {
    isShared: true,
    rows: [['flatten'], ['dense', { units: 6, activation: 'tanh', l1: 0.01, l2: 0.1 }], FOUR],
    recipe: { epochs: 12, earlyStopping: { patience: 1, restoreBest: true }, ...plainSgd(0.8) },
  },
  'two processes, a table, judged by the test set': {
    isShared: true,
    rows: SIGMOID,
    dataset: 'rows',
    recipe: { validateOn: 'test', batchSize: 20 },
  },
  'two processes, flips alternate': {
    isShared: true,
    fact: 'start',
    rows: PLAIN,
    recipe: {
      epochs: 2,
      augmentation: { flip: true, alternate: true, shift: 0, rotation: 0, scale: 0, brightness: 0, erase: 0 },
    },
  },
  'two processes, varied': {
    isShared: true,
    fact: 'variation',
    rows: PLAIN,
    recipe: {
      epochs: 1,
      augmentation: { flip: true, alternate: false, shift: 1, rotation: 10, scale: 0.1, brightness: 0.3, erase: 0.25 },
    },
  },
};
