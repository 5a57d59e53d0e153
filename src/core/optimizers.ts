/** How the weights follow the gradient. Update rules and defaults as in Keras 3. */
export type OptimizerSpec =
  | { readonly kind: 'sgd' }
  | { readonly kind: 'momentum'; readonly momentum: number; readonly nesterov: boolean }
  | { readonly kind: 'rmsprop'; readonly rho: number; readonly epsilon: number }
  | { readonly kind: 'adam'; readonly beta1: number; readonly beta2: number; readonly epsilon: number }
  | {
      readonly kind: 'adamw';
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
      /** The share of each weight that is taken away a step, times the learning rate. */
      readonly weightDecay: number;
    };

export type OptimizerKind = OptimizerSpec['kind'];

/** An optimizer for the picker: its name, its options as they start, and the learning rate that it is usually given. */
export interface OptimizerEntry {
  readonly title: string;
  readonly explanation: string;
  readonly defaults: OptimizerSpec;
  readonly learningRate: number;
}

/** Every optimizer. Epsilon is stated because tfjs would take 1e-4 on WebGL where Keras takes 1e-7. */
export const OPTIMIZERS: { readonly [Kind in OptimizerKind]: OptimizerEntry } = {
  adam: {
    title: 'Adam',
    explanation: 'Gives each weight a step of its own size; the usual first choice.',
    defaults: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    learningRate: 0.001,
  },
  adamw: {
    title: 'AdamW',
    explanation: 'Adam that also shrinks every weight a little at each step.',
    defaults: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0.004 },
    learningRate: 0.001,
  },
  sgd: {
    title: 'SGD',
    explanation: 'Goes straight down the slope of each batch; slow and steady.',
    defaults: { kind: 'sgd' },
    learningRate: 0.01,
  },
  momentum: {
    title: 'Momentum',
    explanation: 'SGD that keeps rolling in the direction of its last steps.',
    defaults: { kind: 'momentum', momentum: 0.9, nesterov: false },
    learningRate: 0.01,
  },
  rmsprop: {
    title: 'RMSprop',
    explanation: 'Divides each step by the recent size of the gradient.',
    defaults: { kind: 'rmsprop', rho: 0.9, epsilon: 1e-7 },
    learningRate: 0.001,
  },
};
