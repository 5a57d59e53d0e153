import { at } from '../../../core/at.ts';
import type { FlattenSpec } from '../../../core/network/layers/flatten.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import type { LayerRecorder } from './site.ts';

/** All values of an image in one row: [batch, ...] to [batch, size]. */
export const flatten: LayerRecorder<FlattenSpec> = ({ recorder, inputs: [x] }) => {
  const batch = at(x.shape, 0);
  return recorder.reshaped(x, [batch, sizeOf(x.shape) / batch]);
};
