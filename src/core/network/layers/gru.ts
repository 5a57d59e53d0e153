import type { LayerBase, LayerDefinition } from './definition.ts';
import * as recurrent from './recurrent.ts';

/**
 * Gated recurrent unit (Cho et al., arXiv:1406.1078) as Keras has it by default: the reset gate acts after the product, so
 * each of the two sums has a bias of its own. Gates in the order of Keras: update, reset, candidate.
 */
export interface GRUSpec extends LayerBase, recurrent.RecurrentOptions {
  readonly kind: 'gru';
}

const CELL: recurrent.Cell = { gates: 3, biases: 2, biasInitializer: 'zeros' };

/** What the app knows of a GRU layer: see `LayerDefinition`. */
export const gru: LayerDefinition<GRUSpec> = {
  ...recurrent.recurrentLayer(CELL),
  title: 'GRU',
  purpose:
    'Reads a sequence step by step with two gates: like an LSTM with a quarter fewer weights, and often as good.',
  defaults: { kind: 'gru', off: false, ...recurrent.RECURRENT_DEFAULTS },
};
