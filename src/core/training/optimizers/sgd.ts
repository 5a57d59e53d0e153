import type { OptimizerDefinition } from './definition.ts';

/** Stochastic gradient descent. */
export interface SgdSpec {
  readonly kind: 'sgd';
}

/** What the app knows of SGD: see `OptimizerDefinition`. */
export const sgd: OptimizerDefinition<SgdSpec> = {
  title: 'SGD',
  explanation: 'Changes the weights against the gradient of each batch; simple, and often slow.',
  defaults: { kind: 'sgd' },
  fields: [],
  learningRate: 0.01,
  slots: [],
  rule: ['w -= rate * g'],
  rateAt: (_spec, learningRate) => learningRate,
  usualWeightDecay: 0,
};
