import type { LayerNormalizationSpec } from '../../../core/network/layers/layer-normalization.ts';
import { normalizeByPlace } from '../ops/layer-normalization.ts';
import { vectorOf } from '../tensors.ts';
import type { LayerForward } from './forward.ts';

/** Normalizes along the last axis, in the same way in training and in inference. */
export const layerNormalization: LayerForward<LayerNormalizationSpec> = ({ spec, inputs: [x], weights }) => {
  const [gamma, beta] = [weights.find('gamma'), weights.find('beta')];
  return normalizeByPlace(x, { gamma: gamma && vectorOf(gamma), beta: beta && vectorOf(beta) }, spec.epsilon);
};
