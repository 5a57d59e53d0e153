import { OPTIMIZERS } from '../../src/core/training/optimizers/registry.ts';

/** @typedef {import('../../tests/fixtures/specs/fixture.ts').Row} Row */

/** @type {Row} */
export const FOUR = ['dense', { units: 4, activation: 'softmax' }];
/** @type {readonly Row[]} */
export const PLAIN = [['flatten'], ['dense', { units: 6, activation: 'tanh' }], FOUR];
/** @type {readonly Row[]} */
export const SIGMOID = [
  ['dense', { units: 5, activation: 'tanh' }],
  ['dense', { units: 1, activation: 'sigmoid' }],
];

/**
 * @param {number} learningRate
 * @returns {{ optimizer: import('../../src/core/training/optimizers/registry.ts').OptimizerSpec, learningRate: number }}
 */
export function plainSgd(learningRate) {
  return { optimizer: OPTIMIZERS.sgd.defaults, learningRate };
}
