import * as tf from '@tensorflow/tfjs-core';
import { onWasm, runOperation } from '../../wasm/operation.ts';
import { imagesOf } from '../tensors.ts';
import { type Conv2dOptions, spreadOut } from './conv2d.ts';

/**
 * A convolution of each channel by filters of its own, without bias and activation. x: [batch, height, width, in],
 * kernel: [k, k, in, multiplier]; gives [batch, height', width', in * multiplier], the filters of a channel side by side.
 * Gradients by x and kernel.
 */
export function depthwiseConv2d(
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  { strides, padding, dilation }: Omit<Conv2dOptions, 'activation'>,
): tf.Tensor4D {
  if (onWasm()) return depthwiseOnWasm(x, kernel, { strides, padding, dilation });
  return tf.depthwiseConv2d(x, spreadOut(kernel, dilation), strides, padding);
}

function depthwiseOnWasm(
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  { strides, padding, dilation }: Omit<Conv2dOptions, 'activation'>,
): tf.Tensor4D {
  const [size, , channels, multiplier] = kernel.shape;
  const single = tf.reshape(kernel, [size, size, channels * multiplier, 1]);
  const options = { strides, dilation, same: Number(padding === 'same') };
  return imagesOf(runOperation('DepthwiseConvolution', { x: repeated(x, multiplier), kernel: single }, options));
}

/** Each channel several times over, side by side: a filter for each. */
function repeated(x: tf.Tensor4D, times: number): tf.Tensor {
  if (times === 1) return x;
  const [batch, height, width, channels] = x.shape;
  const tiled = tf.tile(tf.reshape(x, [batch * height * width, channels, 1]), [1, 1, times]);
  return tf.reshape(tiled, [batch, height, width, channels * times]);
}
