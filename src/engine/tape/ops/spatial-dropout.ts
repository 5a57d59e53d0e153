import * as tf from '@tensorflow/tfjs-core';
import type { RandomKey } from '../../../core/random.ts';
import { keepMask } from '../../webgl/kernels/keep-mask.ts';

/**
 * Sets a random share of the channels of each image to zero and divides the others by `1 - rate`. Channel c of image n is
 * kept where `uniformAt(key, n * channels + c) >= rate`. x: [batch, height, width, channels]. Gradient by x.
 */
export function spatialDropout(x: tf.Tensor4D, rate: number, key: RandomKey): tf.Tensor4D {
  if (rate === 0) return x;
  const [batch, , , channels] = x.shape;
  return tf.mul(x, keepMask([batch, 1, 1, channels], rate, key));
}
