import * as tf from '@tensorflow/tfjs-core';
import type { RandomKey } from '../../core/random.ts';
import { keepMask } from '../kernels/keep-mask.ts';

/**
 * Sets a random share of the values to zero and divides the others by `1 - rate`. Value i, row by row, is kept where
 * `uniformAt(key, i) >= rate`, on every backend alike. Gradient by x.
 */
export function dropout<T extends tf.Tensor>(x: T, rate: number, key: RandomKey): T {
  if (rate === 0) return x;
  return tf.mul(x, keepMask(x.shape, rate, key));
}
