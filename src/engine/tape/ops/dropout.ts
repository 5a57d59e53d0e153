import * as tf from '@tensorflow/tfjs-core';
import type { RandomKey } from '../../../core/random.ts';
import { keepRule } from '../../keep-rule.ts';
import { onWasm, runOperation } from '../../wasm/operation.ts';
import { keepMask } from '../../webgl/kernels/keep-mask.ts';

/**
 * Sets a random share of the values to zero and divides the others by `1 - rate`. Value i, row by row, is kept where
 * `uniformAt(key, i) >= rate`, on every backend alike. Gradient by x.
 */
export function dropout(x: tf.Tensor, rate: number, key: RandomKey): tf.Tensor {
  if (rate === 0) return x;
  if (!onWasm()) return tf.mul(x, keepMask(x.shape, rate, key));
  const [key0, key1, key2] = key;
  return runOperation('HashDropout', { x }, { ...keepRule(rate), key0, key1, key2 });
}
