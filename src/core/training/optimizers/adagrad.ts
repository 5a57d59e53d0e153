import type { OptimizerDefinition } from './definition.ts';
import { EPSILON_FIELD } from './fields.ts';

/** Adagrad (Duchi, Hazan and Singer, JMLR 12, 2011, in Keras' form). */
export interface AdagradSpec {
  readonly kind: 'adagrad';
  /** The sum of squared gradients to begin with. */
  readonly initialAccumulator: number;
  readonly epsilon: number;
}

/** What the app knows of Adagrad: see `OptimizerDefinition`. */
export const adagrad: OptimizerDefinition<AdagradSpec> = {
  title: 'Adagrad',
  explanation: 'Divides each step by the size of all gradients so far, so that its steps only ever get smaller.',
  defaults: { kind: 'adagrad', initialAccumulator: 0.1, epsilon: 1e-7 },
  fields: [
    {
      option: 'initialAccumulator',
      label: 'Accumulator',
      type: 'number',
      min: 0,
      max: 10,
      steps: [0, 0.01, 0.1, 1],
      explanation: 'The sum of squared gradients to begin with; larger values begin with smaller steps; usual: 0.1.',
    },
    EPSILON_FIELD,
  ],
  learningRate: 0.01,
  slots: [
    { name: 'a', meaning: 'the sum of squared gradients without the initial accumulator, so that it starts at 0' },
  ],
  rule: ['a += g ** 2', 'w -= rate * g / sqrt(a + initialAccumulator + epsilon)'],
  rateAt: (_spec, learningRate) => learningRate,
  usualWeightDecay: 0,
};
