import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from '../../../core/network/activations.ts';
import type { Padding } from '../../../core/network/layers/window.ts';
import { onWasm, runOperation } from '../../wasm/operation.ts';
import { imagesOf } from '../tensors.ts';
import { activate } from './activate.ts';

/** How a convolution slides, and what follows it. Square kernels: one number for both axes. */
export interface Conv2dOptions {
  readonly strides: number;
  readonly padding: Padding;
  readonly dilation: number;
  readonly activation: Activation;
}

/**
 * A 2D convolution (cross-correlation, as in Keras) with bias and activation.
 * x: [batch, height, width, in], kernel: [k, k, in, out], bias: [out] or none; gives [batch, height', width', out].
 * Gradients by x, kernel and bias.
 */
export function conv2d(
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  bias: tf.Tensor1D | null,
  { strides, padding, dilation, activation }: Conv2dOptions,
): tf.Tensor4D {
  if (onWasm()) {
    const relu = activation === 'relu';
    const options = { strides, dilation, same: Number(padding === 'same'), relu: Number(relu) };
    const sums = imagesOf(runOperation('FusedConvolution', { x, kernel, bias }, options));
    return relu ? sums : activate(sums, activation);
  }
  const sums = tf.conv2d(x, spreadOut(kernel, dilation), strides, padding);
  return activate(bias === null ? sums : tf.add(sums, bias), activation);
}

/** The kernel [k, k, in, out] with `dilation - 1` zeros between neighbours: tfjs has no gradient for a dilated convolution. */
export function spreadOut(kernel: tf.Tensor4D, dilation: number): tf.Tensor4D {
  if (dilation === 1) return kernel;
  const [height, width, inputs, outputs] = kernel.shape;
  const rows = followedByZeros(tf.reshape(kernel, [height, width * inputs * outputs]), dilation - 1);
  const places = followedByZeros(tf.reshape(rows, [height * dilation * width, inputs * outputs]), dilation - 1);
  const spread = tf.reshape(places, [height * dilation, width * dilation, inputs, outputs]);
  const span = [(height - 1) * dilation + 1, (width - 1) * dilation + 1, inputs, outputs];
  return imagesOf(tf.slice(spread, [0, 0, 0, 0], span));
}

/** Each row [n, size] with `count` rows of zeros behind it: [n, 1 + count, size]. */
function followedByZeros(rows: tf.Tensor, count: number): tf.Tensor {
  const [n = 0, size = 0] = rows.shape;
  return tf.pad(tf.reshape(rows, [n, 1, size]), [
    [0, 0],
    [0, count],
    [0, 0],
  ]);
}
