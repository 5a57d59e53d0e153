import * as tf from '@tensorflow/tfjs-core';
import type { RandomKey } from '../../../core/random.ts';
import { onWasm, runOperation } from '../../wasm/operation.ts';
import { matrixOf } from '../tensors.ts';
import { dropout } from './dropout.ts';

/** How rows of queries, keys and values are divided into heads. */
export interface HeadShape {
  readonly batch: number;
  readonly places: number;
  readonly heads: number;
  readonly keySize: number;
}

/** What is dropped of the attention weights, as in `dropout`. */
export interface AttentionDropout {
  readonly rate: number;
  readonly key: RandomKey;
}

/**
 * Scaled dot-product attention: `softmax(q k^T / sqrt(keySize)) v` for each sample and each head. q, k, v: rows
 * [batch * places, heads * keySize]; gives rows of the same shape. Weight i of [batch, heads, places, places] is dropped
 * as value i in `dropout`. Gradients by q, k and v.
 */
export function attention(
  q: tf.Tensor2D,
  k: tf.Tensor2D,
  v: tf.Tensor2D,
  shape: HeadShape,
  dropped: AttentionDropout | null,
): tf.Tensor2D {
  const { batch, places, heads, keySize } = shape;
  const scale = 1 / Math.sqrt(keySize);
  const drop = (weights: tf.Tensor) => (dropped === null ? weights : dropout(weights, dropped.rate, dropped.key));
  if (onWasm()) {
    const common = { batch, places, heads, size: keySize };
    const scores = runOperation('HeadProducts', { a: q, b: k }, { ...common, scale });
    const weights = drop(runOperation('RowSoftmax', { x: scores }));
    return matrixOf(runOperation('HeadMixtures', { weights, x: v }, { ...common, scale: 1 }));
  }
  const scores = tf.matMul(byHeads(tf.mul(q, scale), shape), byHeads(k, shape), false, true);
  const mixed = tf.matMul(drop(tf.softmax(scores)), byHeads(v, shape));
  return tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [batch * places, heads * keySize]);
}

/** Rows as [batch, heads, places, keySize]. */
function byHeads(rows: tf.Tensor, { batch, places, heads, keySize }: HeadShape): tf.Tensor4D {
  return tf.transpose(tf.reshape<tf.Rank.R4>(rows, [batch, places, heads, keySize]), [0, 2, 1, 3]);
}
