import * as tf from '@tensorflow/tfjs-core';
import { last } from '../../../core/at.ts';
import { onWasm, runOperation } from '../../wasm/operation.ts';
import type { ScaleAndOffset } from './batch-normalization.ts';

/** Normalises along the last axis, each place by itself. x: [batch, ..., channels]. Gradients by x, gamma and beta. */
export function normalizeByPlace(x: tf.Tensor, { gamma, beta }: ScaleAndOffset, epsilon: number): tf.Tensor {
  if (onWasm()) {
    const columns = last(x.shape);
    const trained = { gamma: gamma ?? tf.ones([columns]), beta: beta ?? tf.zeros([columns]) };
    return runOperation('NormalizeByPlace', { x, ...trained }, { epsilon });
  }
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  const normalized = tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
  const scaled = gamma === null ? normalized : tf.mul(normalized, gamma);
  return beta === null ? scaled : tf.add(scaled, beta);
}
