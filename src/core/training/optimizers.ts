import type { OptionField } from '../network/layers/definition.ts';

/** How the weights are updated by the gradient. Update rules and defaults as in Keras 3. */
export type OptimizerSpec =
  | { readonly kind: 'sgd' }
  | { readonly kind: 'momentum'; readonly momentum: number; readonly nesterov: boolean }
  | { readonly kind: 'rmsprop'; readonly rho: number; readonly epsilon: number }
  | { readonly kind: 'adagrad'; readonly initialAccumulator: number; readonly epsilon: number }
  | { readonly kind: 'adam'; readonly beta1: number; readonly beta2: number; readonly epsilon: number }
  | {
      readonly kind: 'adamw';
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
      /** Weight decay: this, times the learning rate, is the share of each weight that is subtracted at a step. */
      readonly weightDecay: number;
    };

export type OptimizerKind = OptimizerSpec['kind'];

/** An optimizer for the picker: its name, its options as they start, and the learning rate that it is usually given. */
export interface OptimizerEntry {
  readonly title: string;
  readonly explanation: string;
  readonly defaults: OptimizerSpec;
  /** Its own options; AdamW's weight decay is edited where every optimizer's is, in the recipe. */
  readonly fields: readonly OptionField[];
  readonly learningRate: number;
}

/** A share that a moving average keeps at each step: close to 1, for a long memory. */
function memoryField(option: string, label: string, explanation: string): OptionField {
  return { option, label, type: 'number', min: 0, max: 0.99999, steps: [0, 0.5, 0.9, 0.99, 0.999], explanation };
}

const EPSILON: OptionField = {
  option: 'epsilon',
  label: 'Epsilon',
  type: 'number',
  min: 1e-10,
  max: 1,
  steps: [1e-8, 1e-7, 1e-4, 1e-3, 0.01],
  explanation: 'Keeps the step finite where a gradient is almost zero; larger values calm the steps; usual: 1e-7.',
};

const ADAM_FIELDS: readonly OptionField[] = [
  memoryField('beta1', 'Beta 1', 'How much of the last direction each step keeps; usual: 0.9.'),
  memoryField('beta2', 'Beta 2', 'How long the size of past gradients is remembered; usual: 0.99 to 0.999.'),
  EPSILON,
];

/** Every optimizer. Epsilon is stated because tfjs would take 1e-4 on WebGL where Keras takes 1e-7. */
export const OPTIMIZERS: { readonly [Kind in OptimizerKind]: OptimizerEntry } = {
  adam: {
    title: 'Adam',
    explanation: 'Gives each weight a step of its own size; the usual first choice.',
    defaults: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    fields: ADAM_FIELDS,
    learningRate: 0.001,
  },
  adamw: {
    title: 'AdamW',
    explanation: 'Adam that also shrinks every weight a little at each step.',
    defaults: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0.004 },
    fields: ADAM_FIELDS,
    learningRate: 0.001,
  },
  sgd: {
    title: 'SGD',
    explanation: 'Goes straight down the slope of each batch; slow and steady.',
    defaults: { kind: 'sgd' },
    fields: [],
    learningRate: 0.01,
  },
  momentum: {
    title: 'Momentum',
    explanation: 'SGD that keeps rolling in the direction of its last steps.',
    defaults: { kind: 'momentum', momentum: 0.9, nesterov: false },
    fields: [
      memoryField('momentum', 'Momentum', 'How much of the last step is carried into the next one; usual: 0.9.'),
      {
        option: 'nesterov',
        label: 'Nesterov',
        type: 'switch',
        explanation: 'Looks ahead to where the momentum leads before it turns, and so overshoots less.',
      },
    ],
    learningRate: 0.01,
  },
  rmsprop: {
    title: 'RMSprop',
    explanation: 'Divides each step by the recent size of the gradient.',
    defaults: { kind: 'rmsprop', rho: 0.9, epsilon: 1e-7 },
    fields: [memoryField('rho', 'Rho', 'How long the size of past gradients is remembered; usual: 0.9.'), EPSILON],
    learningRate: 0.001,
  },
  adagrad: {
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
      EPSILON,
    ],
    learningRate: 0.01,
  },
};
