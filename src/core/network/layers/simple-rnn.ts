import type { LayerBase, LayerDefinition } from './definition.ts';
import * as recurrent from './recurrent.ts';

/** What a plain recurrent layer may apply to its sums. */
export const RECURRENT_ACTIVATIONS = ['tanh', 'relu', 'sigmoid', 'linear'] as const;

/** A function that a plain recurrent layer may apply. */
export type RecurrentActivation = (typeof RECURRENT_ACTIVATIONS)[number];

/** The plain recurrent layer: each step sees its input and the step before (Elman, 1990). */
export interface SimpleRNNSpec extends LayerBase, recurrent.RecurrentOptions {
  readonly kind: 'simpleRnn';
  readonly activation: RecurrentActivation;
}

const CELL: recurrent.Cell = { gates: 1, biases: 1, biasInitializer: 'zeros' };

/** What the app knows of a SimpleRNN layer: see `LayerDefinition`. */
export const simpleRnn: LayerDefinition<SimpleRNNSpec> = {
  ...recurrent.recurrentLayer(CELL),
  title: 'SimpleRNN',
  purpose:
    'Reads a sequence step by step, combining each step with what it computed from the one before; it forgets quickly.',
  traits: { ...recurrent.RECURRENT_TRAITS, linear: true },
  defaults: { kind: 'simpleRnn', off: false, activation: 'tanh', ...recurrent.RECURRENT_DEFAULTS },
  fields: [
    ...recurrent.RECURRENT_FIELDS,
    {
      option: 'activation',
      label: 'Activation',
      type: 'choice',
      choices: RECURRENT_ACTIVATIONS,
      explanation: 'The function applied at each step; tanh keeps the memory between −1 and 1.',
    },
  ],
};
