import * as tf from '@tensorflow/tfjs-core';
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
  return tf.depthwiseConv2d(x, spreadOut(kernel, dilation), strides, padding);
}
