import type { OptimizerDefinition } from './definition.ts';
import { memoryField } from './fields.ts';

/** Gradient descent with momentum (Sutskever et al., ICML 2013, in Keras' form). */
export interface MomentumSpec {
  readonly kind: 'momentum';
  readonly momentum: number;
  /** Whether the weight moves by where the momentum leads next. */
  readonly nesterov: boolean;
}

/** What the app knows of SGD with momentum: see `OptimizerDefinition`. */
export const momentum: OptimizerDefinition<MomentumSpec> = {
  title: 'Momentum',
  explanation: 'SGD that keeps moving in the direction of its last steps.',
  defaults: { kind: 'momentum', momentum: 0.9, nesterov: false },
  fields: [
    memoryField('momentum', 'Momentum', 'How much of the last step is carried into the next one; usual: 0.9.'),
    {
      option: 'nesterov',
      label: 'Nesterov',
      type: 'switch',
      explanation:
        'Computes the gradient where the momentum leads, not where the weights are now, so that it overshoots less.',
    },
  ],
  learningRate: 0.01,
  slots: [{ name: 'v', meaning: 'the velocity: the last step, by which the next one is carried on' }],
  rule: ['v = momentum * v - rate * g', 'w += nesterov ? momentum * v - rate * g : v'],
  rateAt: (_spec, learningRate) => learningRate,
  usualWeightDecay: 0,
};
