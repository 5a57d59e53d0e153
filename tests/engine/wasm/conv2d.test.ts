import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { runOperation } from '../../../src/engine/wasm/operation.ts';
import { expectClose, noise } from '../support/values.ts';
import { onCpu, onWasm } from './support.ts';

interface Case {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly filters: number;
  readonly size: number;
  readonly strides: number;
  readonly dilation: number;
  readonly padding: 'same' | 'valid';
}

const CASES: readonly Case[] = [
  { batch: 3, height: 28, width: 28, channels: 1, filters: 32, size: 3, strides: 1, dilation: 1, padding: 'valid' },
  { batch: 2, height: 14, width: 14, channels: 32, filters: 16, size: 3, strides: 1, dilation: 1, padding: 'same' },
  { batch: 1, height: 7, width: 9, channels: 5, filters: 11, size: 3, strides: 1, dilation: 1, padding: 'same' },
  { batch: 9, height: 5, width: 5, channels: 3, filters: 10, size: 5, strides: 1, dilation: 1, padding: 'valid' },
  { batch: 2, height: 8, width: 7, channels: 4, filters: 8, size: 3, strides: 2, dilation: 1, padding: 'same' },
  { batch: 2, height: 9, width: 8, channels: 2, filters: 3, size: 2, strides: 3, dilation: 1, padding: 'valid' },
  { batch: 2, height: 11, width: 11, channels: 6, filters: 9, size: 4, strides: 2, dilation: 1, padding: 'same' },
  { batch: 2, height: 10, width: 10, channels: 3, filters: 4, size: 1, strides: 1, dilation: 1, padding: 'same' },
  { batch: 1, height: 6, width: 6, channels: 2, filters: 1, size: 5, strides: 4, dilation: 1, padding: 'same' },
];

for (const shape of CASES) {
  const { batch, height, width, channels, filters, size, strides, padding } = shape;
  const x = noise(batch * height * width * channels, 1);
  const kernel = noise(size * size * channels * filters, 2);
  const bias = noise(filters, 3);
  const name = `${batch}x${height}x${width}x${channels}, ${filters} filters of ${size}, stride ${strides}, ${padding}`;
  const xShape: [number, number, number, number] = [batch, height, width, channels];
  const kernelShape: [number, number, number, number] = [size, size, channels, filters];

  test(`a convolution and its gradients agree with tfjs on the cpu: ${name}`, async () => {
    const expected = await onCpu(() => {
      const inputs = [tf.tensor4d(x, xShape), tf.tensor4d(kernel, kernelShape), tf.tensor1d(bias)];
      const forward = (a: tf.Tensor, k: tf.Tensor, b: tf.Tensor) =>
        tf.relu(tf.add(tf.conv2d(a as tf.Tensor4D, k as tf.Tensor4D, strides, padding), b));
      return valuesAndGradients(forward, inputs);
    });
    const actual = await onWasm(() => {
      const inputs = [tf.tensor4d(x, xShape), tf.tensor4d(kernel, kernelShape), tf.tensor1d(bias)];
      const options = { strides, dilation: 1, same: padding === 'same' ? 1 : 0, relu: 1 };
      const forward = (a: tf.Tensor, k: tf.Tensor, b: tf.Tensor) =>
        runOperation('FusedConvolution', { x: a, kernel: k, bias: b }, options);
      return valuesAndGradients(forward, inputs);
    });
    expect(actual.map((values) => values.length)).toEqual(expected.map((values) => values.length));
    actual.forEach((values, i) => expectClose(values, expected[i] ?? [], 1e-4));
  });
}

function valuesAndGradients(
  forward: (x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor) => tf.Tensor,
  [x, kernel, bias]: readonly tf.Tensor[],
) {
  if (!x || !kernel || !bias) throw new Error('inputs');
  const y = forward(x, kernel, bias);
  const dy = tf.tensor(noise(y.size, 4), y.shape);
  const gradients = tf.grads((a: tf.Tensor, k: tf.Tensor, b: tf.Tensor) => forward(a, k, b))([x, kernel, bias], dy);
  return [y, ...gradients].map((tensor) => tensor.dataSync<'float32'>());
}
