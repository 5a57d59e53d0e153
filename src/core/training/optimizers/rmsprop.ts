import type { OptimizerDefinition } from './definition.ts';
import { EPSILON_FIELD, memoryField } from './fields.ts';

/** RMSprop (Hinton, lecture 6e of "Neural Networks for Machine Learning", 2012, in Keras' form). */
export interface RmspropSpec {
  readonly kind: 'rmsprop';
  readonly rho: number;
  readonly epsilon: number;
}

/** What the app knows of RMSprop: see `OptimizerDefinition`. */
export const rmsprop: OptimizerDefinition<RmspropSpec> = {
  title: 'RMSprop',
  explanation: 'Divides each step by the recent size of the gradient.',
  defaults: { kind: 'rmsprop', rho: 0.9, epsilon: 1e-7 },
  fields: [memoryField('rho', 'Rho', 'How long the size of past gradients is remembered; usual: 0.9.'), EPSILON_FIELD],
  learningRate: 0.001,
  slots: [{ name: 'v', meaning: 'the moving average of the squared gradient' }],
  rule: ['v = rho * v + (1 - rho) * g ** 2', 'w -= rate * g / sqrt(v + epsilon)'],
  rateAt: (_spec, learningRate) => learningRate,
  usualWeightDecay: 0,
};
