import type { SpatialDropout2DSpec } from '../../../core/network/layers/spatial-dropout2d.ts';
import { streamKey } from '../../../core/random.ts';
import { spatialDropout } from '../ops/spatial-dropout.ts';
import { imagesOf } from '../tensors.ts';
import type { LayerForward } from './forward.ts';

/** In training, drops whole channels, others at each step; in inference, does nothing. */
export const spatialDropout2d: LayerForward<SpatialDropout2DSpec> = ({ spec, inputs: [x], position, context }) => {
  if (!context.training) return x;
  return spatialDropout(
    imagesOf(x),
    context.dropout ?? spec.rate,
    streamKey(context.seed, 'dropout', position, context.step),
  );
};
