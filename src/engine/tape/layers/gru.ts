import type { GRUSpec } from '../../../core/network/layers/gru.ts';
import { GRU_CELL } from '../ops/recurrent.ts';
import type { LayerForward } from './forward.ts';
import { recurrentForward } from './recurrent.ts';

/** Gated recurrent unit. */
export const gru: LayerForward<GRUSpec> = (call) => recurrentForward(GRU_CELL, call);
