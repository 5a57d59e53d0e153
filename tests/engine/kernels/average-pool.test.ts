import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Gpu } from '../../../src/engine/webgl/gpu.ts';
import { averagePool, averagePoolGradient } from '../../../src/engine/webgl/kernels/average-pool.ts';
import type { PoolShape } from '../../../src/engine/webgl/kernels/max-pool.ts';
import { extentOf, layoutOf } from '../../../src/engine/webgl/layout.ts';
import {
  count,
  expectClose,
  globalPoolShape,
  imageValues,
  noise,
  openGpu,
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
  const [y] = runKernel(gpu, averagePool(pool), inputs, [extentOf(pool.output)]);
  return imageValues(pool.output, y ?? new Float32Array());
}

function backward(pool: PoolShape, values: Float32Array, dy: Float32Array, ways: number) {
  const { batch, height, width, channels } = pool.output;
  const pooled = layoutOf(batch, [height, width, channels], ways);
  const inputs = { dy: uploadImage(gpu, pooled, dy), v_: uploadImage(gpu, pool.input, values) };
  const [dx] = runKernel(gpu, averagePoolGradient(pool, pooled, 'relu'), inputs, [extentOf(pool.input)]);
  return imageValues(pool.input, dx ?? new Float32Array());
}

describe.each(POOLINGS)('average pooling of $shape, $window', ({ batch, shape, window, ways }) => {
  const pool = poolShape(layoutOf(batch, shape, ways), window);
  // Far enough from 0 that no difference crosses the bend of relu.
  const values = noise(count(pool.input), 1).map((v) => v + 0.1 * Math.sign(v));
  const dy = noise(count(pool.output), 2);
  const apply = (x: tf.Tensor): tf.Tensor => tf.avgPool(x as tf.Tensor4D, window.size, window.strides, window.padding);

  test('gives what tfjs gives on the cpu', () => {
    expectClose(forward(pool, values), apply(tf.tensor(values, [batch, ...shape])).dataSync());
  });

  test('hands back the gradient through relu by finite differences', () => {
    const loss = (x: Float32Array) => {
      const pooled = apply(tf.relu(tf.tensor(x, [batch, ...shape]))).dataSync<'float32'>();
      return pooled.reduce((sum, y, i) => sum + y * (dy[i] ?? 0), 0);
    };
    const [first, second] = [1, 3].map((pooledWays) => backward(pool, values, dy, pooledWays));
    expect(second).toEqual(first);
    for (const i of [0, 3, Math.floor(values.length / 2), values.length - 1]) {
      const moved = (by: number) => loss(values.map((v, j) => (j === i ? v + by : v)));
      expect(first?.[i]).toBeCloseTo((moved(0.004) - moved(-0.004)) / 0.008, 3);
    }
  });
});

describe.each([{ shape: [7, 7, 6] }, { shape: [5, 9, 4] }])('the global mean of $shape', ({ shape }) => {
  const pool = globalPoolShape(layoutOf(3, shape, 4));
  const values = noise(count(pool.input), 3);
  const [height = 0, width = 0, channels = 0] = shape;

  test('is the mean of each channel', () => {
    expectClose(forward(pool, values), tf.mean(tf.tensor(values, [3, ...shape]), [1, 2]).dataSync());
  });

  test('hands each pixel the same part of the gradient, where relu let it pass', () => {
    const dy = noise(3 * channels, 4);
    const expected = values.map((v, i) => {
      const image = Math.floor(i / (height * width * channels));
      return v > 0 ? (dy[image * channels + (i % channels)] ?? 0) / (height * width) : 0;
    });
    expectClose(backward(pool, values, dy, 1), expected);
  });
});
