import type { DropoutSpec } from '../../../core/network/layers/dropout.ts';
import { streamKey } from '../../../core/random.ts';
import { dropout as dropoutOp } from '../ops/dropout.ts';
import type { LayerForward } from './forward.ts';

/** In training, sets random values to 0, others at each step and in each layer; in inference, does nothing. */
export const dropout: LayerForward<DropoutSpec> = ({ spec, inputs: [x], position, context }) => {
  if (!context.training) return x;
  return dropoutOp(x, context.dropout ?? spec.rate, streamKey(context.seed, 'dropout', position, context.step));
};
