import * as tf from '@tensorflow/tfjs-core';
import type { ScaleAndOffset } from './batch-normalization.ts';

/** Normalises along the last axis, each place by itself. x: [batch, ..., channels]. Gradients by x, gamma and beta. */
export function normalizeByPlace(x: tf.Tensor, { gamma, beta }: ScaleAndOffset, epsilon: number): tf.Tensor {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  const normalized = tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
  const scaled = gamma === null ? normalized : tf.mul(normalized, gamma);
  return beta === null ? scaled : tf.add(scaled, beta);
}
