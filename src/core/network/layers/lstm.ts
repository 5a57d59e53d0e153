import type { LayerBase, LayerDefinition } from './definition.ts';
import * as recurrent from './recurrent.ts';

/**
 * Long short-term memory (Hochreiter and Schmidhuber, 1997), with a forget gate whose bias starts at 1. Gates in the order
 * of Keras: input, forget, candidate, output; sigmoid for gates, tanh for the rest.
 */
export interface LSTMSpec extends LayerBase, recurrent.RecurrentOptions {
  readonly kind: 'lstm';
}

const CELL: recurrent.Cell = { gates: 4, biases: 1, biasInitializer: 'unitForgetBias' };

/** What the app knows of a LSTM layer: see `LayerDefinition`. */
export const lstm: LayerDefinition<LSTMSpec> = {
  ...recurrent.recurrentLayer(CELL),
  title: 'LSTM',
  purpose: 'Reads a sequence step by step with a memory controlled by gates, so that it can remember for a long time.',
  defaults: { kind: 'lstm', off: false, ...recurrent.RECURRENT_DEFAULTS },
};
