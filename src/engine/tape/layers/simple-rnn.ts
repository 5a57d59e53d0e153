import type { SimpleRNNSpec } from '../../../core/network/layers/simple-rnn.ts';
import { simpleCell } from '../ops/recurrent.ts';
import type { LayerForward } from './forward.ts';
import { recurrentForward } from './recurrent.ts';

/** The plain recurrent layer. */
export const simpleRnn: LayerForward<SimpleRNNSpec> = (call) =>
  recurrentForward(simpleCell(call.spec.activation), call);
