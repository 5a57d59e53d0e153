import * as tf from '@tensorflow/tfjs-core';
import { last } from '../../../core/at.ts';
import { onWasm, runForAll } from '../../wasm/operation.ts';
import { vectorOf } from '../tensors.ts';
import { withGradient } from './with-gradient.ts';

/** Trained factor and offset of each channel: [channels]; null where the layer has none. */
export interface ScaleAndOffset {
  readonly gamma: tf.Tensor1D | null;
  readonly beta: tf.Tensor1D | null;
}

/** Mean and biased variance of each channel: [channels]. */
export interface Statistics {
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
}

/**
 * Normalises each channel by the batch's own statistics, as in training. x: [batch, ..., channels]. Gradients by x,
 * gamma and beta; the statistics update the moving ones and have no gradient.
 */
export function normalizeByBatch(
  x: tf.Tensor,
  { gamma, beta }: ScaleAndOffset,
  epsilon: number,
): Statistics & { readonly output: tf.Tensor } {
  const channels: [number] = [last(x.shape)];
  const factor = gamma ?? tf.ones<tf.Rank.R1>(channels);
  const offset = beta ?? tf.zeros<tf.Rank.R1>(channels);
  if (onWasm()) return normalizeOnWasm(x, factor, offset, epsilon);
  const { mean, variance } = statisticsOf(x);
  const output = withGradient<tf.Tensor>(
    [x, factor, offset],
    () => ({ value: tf.batchNorm(x, mean, variance, offset, factor, epsilon), saved: [x, factor, mean, variance] }),
    (dy, saved) => gradients(dy, saved, epsilon),
  );
  return { output, mean, variance };
}

function normalizeOnWasm(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, epsilon: number) {
  const [output = x, mean = x, variance = x] = runForAll('NormalizeByBatch', { x, gamma, beta }, { epsilon });
  return { output, mean: vectorOf(mean), variance: vectorOf(variance) };
}

/** Normalises each channel by given statistics, as when the network is judged. Gradients by x, gamma and beta. */
export function normalizeBy(
  x: tf.Tensor,
  { mean, variance }: Statistics,
  { gamma, beta }: ScaleAndOffset,
  epsilon: number,
): tf.Tensor {
  return tf.batchNorm(x, mean, variance, beta ?? undefined, gamma ?? undefined, epsilon);
}

/** Moves a moving statistic towards the batch's: `momentum * moving + (1 - momentum) * batch`. No gradient. */
export function follow(moving: tf.Variable, batch: tf.Tensor, momentum: number): void {
  tf.tidy(() => moving.assign(tf.add(tf.mul(moving, momentum), tf.mul(batch, 1 - momentum))));
}

function statisticsOf(x: tf.Tensor): Statistics {
  const { mean, variance } = tf.moments(x, channelAxes(x));
  return { mean: vectorOf(mean), variance: vectorOf(variance) };
}

/** All axes but the last. */
function channelAxes(x: tf.Tensor): number[] {
  return Array.from({ length: x.rank - 1 }, (_, axis) => axis);
}

/** Ioffe and Szegedy, arXiv:1502.03167, section 3, combined into one expression. */
function gradients(dy: tf.Tensor, saved: readonly tf.Tensor[], epsilon: number): tf.Tensor[] {
  const [x, gamma, mean, variance] = saved;
  if (!x || !gamma || !mean || !variance) throw new RangeError('Batch normalisation saves four tensors.');
  const axes = channelAxes(x);
  const inverse = tf.rsqrt(tf.add(variance, epsilon));
  const normalized = tf.mul(tf.sub(x, mean), inverse);
  const byBeta = tf.sum(dy, axes);
  const byGamma = tf.sum(tf.mul(dy, normalized), axes);
  const share = mean.size / x.size;
  const common = tf.mul(tf.add(byBeta, tf.mul(normalized, byGamma)), share);
  const byX = tf.mul(tf.sub(dy, common), tf.mul(gamma, inverse));
  return [byX, byGamma, byBeta];
}
