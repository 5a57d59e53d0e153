import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Gpu } from '../../../src/engine/webgl/gpu.ts';
import { passOf } from '../../../src/engine/webgl/kernel.ts';
import { weightLayout, weightsFromTexels, weightsToTexels } from '../../../src/engine/webgl/kernels/conv-shape.ts';
import {
  denseBackEpilogue,
  denseBackProduct,
  denseEpilogue,
  denseProduct,
  denseWeightGradient,
  type ProductLayout,
  productExtent,
} from '../../../src/engine/webgl/kernels/dense.ts';
import { optimizerStep } from '../../../src/engine/webgl/kernels/optimizer.ts';
import { partialExtent, rowsInOrder } from '../../../src/engine/webgl/kernels/partial.ts';
import { extentOf, layoutOf } from '../../../src/engine/webgl/layout.ts';
import { count, expectClose, imageValues, noise, openGpu, readAll, runKernel, tf, uploadImage } from './support.ts';

let gpu: Gpu;
beforeAll(() => {
  gpu = openGpu();
});
afterAll(() => gpu.dispose());

/** Vectors and flattened images, batch 1, sizes that do not divide by four or eight. */
const CASES = [
  { batch: 32, shape: [40], units: 10 },
  { batch: 1, shape: [7], units: 3 },
  { batch: 13, shape: [5, 6, 8], units: 17 },
  { batch: 9, shape: [3, 3, 4], units: 12 },
];

function set(batch: number, shape: readonly number[], units: number) {
  const input = layoutOf(batch, shape);
  const inputs = count(input) / batch;
  return {
    input,
    inputs,
    output: layoutOf(batch, [units]),
    weights: weightLayout(1, inputs, units, true),
    x: noise(batch * inputs, 1),
    kernel: noise(inputs * units, 2),
    bias: noise(units, 3),
    dy: noise(batch * units, 4),
  };
}

type Setup = ReturnType<typeof set>;

function expected({ inputs, output, x, kernel, bias, dy }: Setup) {
  const { batch, channels } = output;
  const forward = (v: tf.Tensor, w: tf.Tensor, b: tf.Tensor) => tf.add(tf.matMul(v, w), b);
  return tf.tidy(() => {
    const values = [
      tf.tensor2d(x, [batch, inputs]),
      tf.tensor2d(kernel, [inputs, channels]),
      tf.tensor1d(bias),
    ] as const;
    const grads = tf.grads(forward)([...values], tf.tensor2d(dy, [batch, channels]));
    return [forward(...values), ...grads].map((tensor) => tensor.dataSync<'float32'>());
  });
}

function textures({ input, output, weights, x, kernel, bias, dy }: Setup) {
  const extent = { width: weights.columns, height: weights.biasRow + 1, layers: 1 };
  return {
    x: uploadImage(gpu, input, x),
    dy: uploadImage(gpu, output, dy),
    w: gpu.upload(extent, weightsToTexels(weights, kernel, bias)),
  };
}

describe.each(CASES)('a dense layer of $units units on $shape, batch $batch', ({ batch, shape, units }) => {
  const setup = set(batch, shape, units);
  const { input, output, weights } = setup;
  const [y, dx, dw, db] = expected(setup);

  test.each([1, 2])('gives the sums of tfjs from %i partial sums', (splits) => {
    const inputs = textures(setup);
    const product: ProductLayout = { splits, rows: Math.min(8, batch), columns: weights.columns, batch };
    const partial = gpu.texture(productExtent(product));
    gpu.run(passOf(denseProduct(input, weights, product), inputs, [partial]));
    const epilogue = denseEpilogue(output, weights, product, 'linear');
    const [sums] = runKernel(gpu, epilogue, { partial, w: inputs.w }, [extentOf(output)]);
    expectClose(imageValues(output, sums ?? new Float32Array()), y ?? []);
  });

  test.each([1, 2])('hands the gradient of tfjs to its input from %i partial sums', (splits) => {
    const inputs = textures(setup);
    const product: ProductLayout = { splits, rows: Math.min(4, batch), columns: weights.groups, batch };
    const partial = gpu.texture(productExtent(product));
    gpu.run(passOf(denseBackProduct(output, weights, product), inputs, [partial]));
    const [gradient] = runKernel(gpu, denseBackEpilogue(input, product, 'linear'), { partial }, [extentOf(input)]);
    expectClose(imageValues(input, gradient ?? new Float32Array()), dx ?? []);
    const relu = denseBackEpilogue(input, product, 'relu');
    const [masked] = runKernel(gpu, relu, { partial, x: inputs.x }, [extentOf(input)]);
    const passed = (dx ?? new Float32Array()).map((v, i) => ((setup.x[i] ?? 0) > 0 ? v : 0));
    expectClose(imageValues(input, masked ?? new Float32Array()), passed);
  });

  test.each([4, 8])('gathers the gradients of tfjs for weights and biases with %i targets', (targets) => {
    const inputs = textures(setup);
    const partial = rowsInOrder(weights, batch, Math.min(targets, gpu.maxTargets));
    const gradient = gpu.texture(partialExtent(partial));
    gpu.run(passOf(denseWeightGradient(input, weights, partial), inputs, [gradient]));
    const extent = { width: weights.columns, height: weights.biasRow + 1, layers: 1 };
    const [before, after] = [gpu.texture(extent), gpu.texture(extent)];
    const step = optimizerStep({ kind: 'sgd' }, weights, partial, { l1: 0, l2: 0 });
    gpu.run(passOf(step, { gradient, weights: before }, [after]), { rate: -1 });
    const got = weightsFromTexels(weights, readAll(gpu, after));
    expectClose(got.kernel, dw ?? []);
    expectClose(got.bias, db ?? []);
    expect(partial.rows).toBe(Math.min(targets, gpu.maxTargets));
  });
});
