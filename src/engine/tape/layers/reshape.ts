import { reshape as reshaped } from '@tensorflow/tfjs-core';
import { at } from '../../../core/at.ts';
import type { ReshapeSpec } from '../../../core/network/layers/reshape.ts';
import type { LayerForward } from './forward.ts';

/** The same values in another shape: [batch, ...] to [batch, ...targetShape]. */
export const reshape: LayerForward<ReshapeSpec> = ({ spec, inputs: [x] }) =>
  reshaped(x, [at(x.shape, 0), ...spec.targetShape]);
