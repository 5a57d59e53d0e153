import type { OptimizerDefinition } from './definition.ts';
import { EPSILON_FIELD, memoryField } from './fields.ts';

/** The constants of Adam and AdamW. */
export interface AdamOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** Adam (Kingma and Ba, arXiv:1412.6980), in Keras' form with the bias corrections in the rate. */
export interface AdamSpec extends AdamOptions {
  readonly kind: 'adam';
}

/** What the app knows of Adam: see `OptimizerDefinition`. */
export const adam: OptimizerDefinition<AdamSpec> = {
  title: 'Adam',
  explanation: 'Gives each weight a step of its own size; the usual first choice.',
  defaults: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  fields: [
    memoryField('beta1', 'Beta 1', 'How much of the last direction each step keeps; usual: 0.9.'),
    memoryField('beta2', 'Beta 2', 'How long the size of past gradients is remembered; usual: 0.99 to 0.999.'),
    EPSILON_FIELD,
  ],
  learningRate: 0.001,
  slots: [
    { name: 'm', meaning: 'the moving average of the gradient' },
    { name: 'v', meaning: 'the moving average of the squared gradient' },
  ],
  rule: ['m += (1 - beta1) * (g - m)', 'v += (1 - beta2) * (g ** 2 - v)', 'w -= rate * m / (sqrt(v) + epsilon)'],
  rateAt: rateOfAdam,
  usualWeightDecay: 0,
};

/** The learning rate with the corrections for moving averages that started at 0. */
export function rateOfAdam({ beta1, beta2 }: AdamOptions, learningRate: number, step: number): number {
  return (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
}
