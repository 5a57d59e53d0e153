import type { BatchNormalizationSpec } from '../../../core/network/layers/batch-normalization.ts';
import { follow, normalizeBy, normalizeByBatch } from '../ops/batch-normalization.ts';
import { vectorOf } from '../tensors.ts';
import type { LayerForward } from './forward.ts';

/**
 * In training, normalizes by the batch and updates the moving statistics; in inference, normalizes by the moving
 * statistics, as does a frozen layer in training (as in Keras).
 */
export const batchNormalization: LayerForward<BatchNormalizationSpec> = ({ spec, inputs: [x], weights, context }) => {
  const [gamma, beta] = [weights.find('gamma'), weights.find('beta')];
  const trained = { gamma: gamma && vectorOf(gamma), beta: beta && vectorOf(beta) };
  const [movingMean, movingVariance] = [weights.get('movingMean'), weights.get('movingVariance')];
  if (!context.training || spec.frozen) {
    const moving = { mean: vectorOf(movingMean), variance: vectorOf(movingVariance) };
    return normalizeBy(x, moving, trained, spec.epsilon);
  }
  const { output, mean, variance } = normalizeByBatch(x, trained, spec.epsilon);
  follow(movingMean, mean, spec.momentum);
  follow(movingVariance, variance, spec.momentum);
  return output;
};
