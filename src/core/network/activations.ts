/** The activation functions, named as in Keras. */
export const ACTIVATIONS = [
  'linear',
  'relu',
  'leakyRelu',
  'elu',
  'selu',
  'gelu',
  'swish',
  'sigmoid',
  'tanh',
  'softplus',
  'softmax',
] as const;

/** The name of an activation function. */
export type Activation = (typeof ACTIVATIONS)[number];
