import { at } from '../../../core/at.ts';
import type { ReshapeSpec } from '../../../core/network/layers/reshape.ts';
import type { LayerRecorder } from './site.ts';

/** The same values in another shape: [batch, ...] to [batch, ...targetShape]. */
export const reshape: LayerRecorder<ReshapeSpec> = ({ recorder, spec, inputs: [x] }) =>
  recorder.reshaped(x, [at(x.shape, 0), ...spec.targetShape]);
