import * as tf from '@tensorflow/tfjs-core';
import { stops } from '../../../core/network/layers/window.ts';
import { onWasm, runOperation } from '../../wasm/operation.ts';
import { imagesOf } from '../tensors.ts';
import type { PoolOptions } from './max-pool.ts';

/**
 * The mean of each window, channel by channel; pixels that padding adds do not count. x: [batch, height, width, channels];
 * gives [batch, height', width', channels]. Gradient by x.
 */
export function averagePool(x: tf.Tensor4D, options: PoolOptions): tf.Tensor4D {
  const { poolSize, strides, padding } = options;
  if (onWasm()) {
    return imagesOf(runOperation('WindowMean', { x }, { size: poolSize, strides, same: Number(padding === 'same') }));
  }
  if (padding === 'valid') return tf.avgPool(x, poolSize, strides, 'valid');
  // With zeros put around the image first, every window has the same number of pixels, which is what the gradient of
  // tfjs takes for granted; the mean over real pixels is then a constant factor away.
  const padded = (image: tf.Tensor4D) => tf.avgPool(withZeros(image, options), poolSize, strides, 'valid');
  const [, height, width] = x.shape;
  return tf.div(padded(x), padded(tf.ones([1, height, width, 1])));
}

/** The mean of each channel: [batch, height, width, channels] to [batch, channels]. Gradient by x. */
export function globalAveragePool(x: tf.Tensor4D): tf.Tensor2D {
  const [batch, , , channels] = x.shape;
  return onWasm() ? tf.reshape(runOperation('ImageMean', { x }), [batch, channels]) : tf.mean(x, [1, 2]);
}

function withZeros(x: tf.Tensor4D, { poolSize, strides }: PoolOptions): tf.Tensor4D {
  const around = (extent: number): [number, number] => {
    const count = stops(extent, { size: poolSize, strides, padding: 'same', dilation: 1 });
    const total = Math.max(0, (count - 1) * strides + poolSize - extent);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  };
  return tf.pad4d(x, [[0, 0], around(x.shape[1]), around(x.shape[2]), [0, 0]]);
}
