/** How the weights of a layer start. Names and variances as in Keras. */
export const INITIALIZERS = [
  'glorotUniform',
  'glorotNormal',
  'heUniform',
  'heNormal',
  'lecunUniform',
  'lecunNormal',
  'randomNormal',
  'zeros',
  'ones',
] as const;

/** An initializer that any kernel may have. */
export type Initializer = (typeof INITIALIZERS)[number];

/** What a recurrent kernel may start with; `orthogonal` takes time with the cube of its size, so others do not offer it. */
export const RECURRENT_INITIALIZERS = ['orthogonal', ...INITIALIZERS] as const;

/** An initializer of the weights between steps. */
export type RecurrentInitializer = (typeof RECURRENT_INITIALIZERS)[number];

/** How any weight may start. `unitForgetBias` is that of an LSTM: zeros, and ones for the second quarter, the forget gate. */
export type WeightInitializer = RecurrentInitializer | 'unitForgetBias';
