import type { OptimizerDefinition } from './definition.ts';

/** Stochastic gradient descent. */
export interface SgdSpec {
  readonly kind: 'sgd';
}

/** What the app knows of SGD: see `OptimizerDefinition`. */
export const sgd: OptimizerDefinition<SgdSpec> = {
  title: 'SGD',
  explanation: 'Goes straight down the slope of each batch; slow and steady.',
  defaults: { kind: 'sgd' },
  fields: [],
  learningRate: 0.01,
  slots: [],
  rule: ['w -= rate * g'],
  rateAt: (_spec, learningRate) => learningRate,
  usualWeightDecay: 0,
  keras: () => ({ name: 'SGD', keywords: {} }),
  torch: () => ({ name: 'SGD', keywords: {} }),
};
