import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Gpu } from '../../../src/engine/webgl/gpu.ts';
import { maxPool, maxPoolGradient, type PoolShape } from '../../../src/engine/webgl/kernels/max-pool.ts';
import { extentOf, layoutOf } from '../../../src/engine/webgl/layout.ts';
import {
  count,
  expectClose,
  imageValues,
  noise,
  openGpu,
  PLAIN,
  POOLINGS,
  poolShape,
  runKernel,
  tf,
  uploadImage,
} from './support.ts';

let gpu: Gpu;
beforeAll(() => {
  gpu = openGpu();
});
afterAll(() => gpu.dispose());

function forward(pool: PoolShape, values: Float32Array) {
  const inputs = { x: uploadImage(gpu, pool.input, values) };
  const [y, at] = runKernel(gpu, maxPool(pool), inputs, [extentOf(pool.output), extentOf(pool.output)]);
  return { y: imageValues(pool.output, y ?? new Float32Array()), at: at ?? new Float32Array() };
}

function backward(pool: PoolShape, values: Float32Array, dy: Float32Array, ways = 1) {
  const { batch, height, width, channels } = pool.output;
  const pooled = layoutOf(batch, [height, width, channels], ways);
  const at = gpu.upload(extentOf(pool.output), forward(pool, values).at);
  const inputs = { dy: uploadImage(gpu, pooled, dy), at };
  const [dx] = runKernel(gpu, maxPoolGradient(pool, pooled), inputs, [extentOf(pool.input)]);
  return imageValues(pool.input, dx ?? new Float32Array());
}

describe.each(POOLINGS)('max pooling of $shape, $window', ({ batch, shape, window, ways }) => {
  const pool = poolShape(layoutOf(batch, shape, ways), window);
  const values = noise(count(pool.input), 1);
  const dy = noise(count(pool.output), 2);
  const image: tf.Tensor = tf.tensor(values, [batch, ...shape]);
  const apply = (x: tf.Tensor): tf.Tensor => tf.maxPool(x as tf.Tensor4D, window.size, window.strides, window.padding);

  test('gives what tfjs gives on the cpu', () => {
    expectClose(forward(pool, values).y, apply(image).dataSync(), 1e-12);
  });

  test('hands the gradient of tfjs to the largest pixel of each window', () => {
    const expected = tf
      .grad(apply)(image, tf.tensor(dy, [...apply(image).shape]))
      .dataSync();
    for (const pooledWays of [1, 3]) expectClose(backward(pool, values, dy, pooledWays), expected);
  });
});

test('the first of equal pixels wins, row by row, as in TensorFlow and PyTorch', () => {
  const pool = poolShape(layoutOf(1, [4, 4, 4], 4), PLAIN);
  const dx = backward(pool, new Float32Array(64).fill(3), new Float32Array(16).fill(1));
  const firstChannel = Array.from({ length: 16 }, (_, pixel) => dx[pixel * 4]);
  expect(firstChannel).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]);
});

test('windows of negative pixels keep the largest of them', () => {
  const pool = poolShape(layoutOf(1, [3, 3, 4]), { ...PLAIN, padding: 'same' });
  const { y } = forward(pool, new Float32Array(36).fill(-2));
  expect([...new Set(y)]).toEqual([-2]);
});
