import type { LSTMSpec } from '../../../core/network/layers/lstm.ts';
import { LSTM_CELL } from '../ops/recurrent.ts';
import type { LayerForward } from './forward.ts';
import { recurrentForward } from './recurrent.ts';

/** Long short-term memory. */
export const lstm: LayerForward<LSTMSpec> = (call) => recurrentForward(LSTM_CELL, call);
