import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { span, type Window } from '../../../src/core/network/layers/window.ts';
import type { Gpu } from '../../../src/engine/webgl/gpu.ts';
import { passOf } from '../../../src/engine/webgl/kernel.ts';
import { convForward } from '../../../src/engine/webgl/kernels/conv-forward.ts';
import { convInputGradient } from '../../../src/engine/webgl/kernels/conv-input-gradient.ts';
import {
  convShape,
  type WeightLayout,
  weightLayout,
  weightsFromTexels,
  weightsToTexels,
} from '../../../src/engine/webgl/kernels/conv-shape.ts';
import { filterGradient, filterPartial } from '../../../src/engine/webgl/kernels/filter-gradient.ts';
import { packedGray } from '../../../src/engine/webgl/kernels/gray.ts';
import { optimizerStep } from '../../../src/engine/webgl/kernels/optimizer.ts';
import { partialExtent } from '../../../src/engine/webgl/kernels/partial.ts';
import { bestWays, extentOf, layoutOf } from '../../../src/engine/webgl/layout.ts';
import { count, expectClose, imageValues, noise, openGpu, readAll, runKernel, tf, uploadImage } from './support.ts';

interface Case {
  readonly batch: number;
  readonly shape: readonly [number, number, number];
  readonly filters: number;
  readonly window: Window;
  readonly inputWays: number;
  readonly outputWays: number;
}

const plain: Window = { size: 3, strides: 1, padding: 'same', dilation: 1 };

/** Odd sizes, strides, paddings, dilation, batch 1, channels that do not divide by four, layouts that do not match. */
const CASES: readonly Case[] = [
  { batch: 2, shape: [28, 28, 8], filters: 8, window: plain, inputWays: 7, outputWays: 7 },
  { batch: 3, shape: [7, 7, 16], filters: 12, window: plain, inputWays: 1, outputWays: 7 },
  { batch: 1, shape: [5, 5, 3], filters: 5, window: plain, inputWays: 1, outputWays: 3 },
  { batch: 2, shape: [28, 28, 1], filters: 6, window: { ...plain, padding: 'valid' }, inputWays: 1, outputWays: 7 },
  {
    batch: 2,
    shape: [13, 10, 1],
    filters: 9,
    window: { ...plain, size: 5, padding: 'valid' },
    inputWays: 1,
    outputWays: 4,
  },
  { batch: 1, shape: [11, 12, 1], filters: 4, window: { ...plain, size: 4, strides: 2 }, inputWays: 1, outputWays: 6 },
  { batch: 2, shape: [8, 16, 1], filters: 4, window: { ...plain, dilation: 2 }, inputWays: 1, outputWays: 5 },
  { batch: 2, shape: [9, 11, 6], filters: 4, window: { ...plain, padding: 'valid' }, inputWays: 4, outputWays: 3 },
  { batch: 2, shape: [9, 11, 6], filters: 7, window: { ...plain, strides: 2 }, inputWays: 4, outputWays: 2 },
  { batch: 2, shape: [10, 13, 4], filters: 4, window: { ...plain, strides: 3 }, inputWays: 1, outputWays: 4 },
  { batch: 1, shape: [12, 12, 4], filters: 9, window: { ...plain, size: 5, strides: 2 }, inputWays: 1, outputWays: 6 },
  { batch: 2, shape: [11, 9, 5], filters: 4, window: { ...plain, dilation: 2 }, inputWays: 3, outputWays: 3 },
  { batch: 2, shape: [8, 8, 12], filters: 4, window: { ...plain, size: 1 }, inputWays: 4, outputWays: 8 },
  { batch: 2, shape: [8, 8, 4], filters: 4, window: { ...plain, size: 2, strides: 2 }, inputWays: 8, outputWays: 4 },
  { batch: 1, shape: [6, 6, 10], filters: 3, window: { ...plain, size: 4 }, inputWays: 6, outputWays: 4 },
];

let gpu: Gpu;
beforeAll(async () => {
  await tf.setBackend('cpu');
  gpu = openGpu();
});
afterAll(() => gpu.dispose());

function set({ batch, shape, filters, window, inputWays, outputWays }: Case) {
  const input = layoutOf(batch, shape, inputWays);
  const conv = convShape(input, filters, window, outputWays);
  const weights = weightLayout(window.size ** 2, shape[2], filters, true);
  const x = noise(count(input), 1);
  const kernel = noise(window.size ** 2 * shape[2] * filters, 2);
  const bias = noise(filters, 3);
  const dy = noise(count(conv.output), 4);
  return { conv, weights, x, kernel, bias, dy, window, shape, filters };
}

type Setup = ReturnType<typeof set>;

/** tfjs has no gradient of a dilated convolution: zeros between the taps of a larger one do the same. */
function expected({ conv, x, kernel, bias, dy, window, shape, filters }: Setup) {
  const { batch, height, width } = conv.output;
  const size = span(window);
  const spread = (tap: number) =>
    Math.floor(tap / window.size) * window.dilation * size + (tap % window.size) * window.dilation;
  const block = shape[2] * filters;
  const stuffed = new Float32Array(size * size * block);
  for (let tap = 0; tap < window.size ** 2; tap++) {
    stuffed.set(kernel.subarray(tap * block, (tap + 1) * block), spread(tap) * block);
  }
  const forward = (image: tf.Tensor, filter: tf.Tensor, b: tf.Tensor) =>
    tf.add(tf.conv2d(image as tf.Tensor4D, filter as tf.Tensor4D, window.strides, window.padding), b);
  return tf.tidy(() => {
    const image = tf.tensor4d(x, [batch, ...shape]);
    const filter = tf.tensor4d(stuffed, [size, size, shape[2], filters]);
    const b = tf.tensor1d(bias);
    const grads = tf.grads(forward)([image, filter, b], tf.tensor4d(dy, [batch, height, width, filters]));
    const [y, dx, dw, db] = [forward(image, filter, b), ...grads].map((tensor) => tensor.dataSync<'float32'>());
    const gathered = Float32Array.from(
      kernel,
      (_, i) => dw?.[spread(Math.floor(i / block)) * block + (i % block)] ?? 0,
    );
    return [y, dx, gathered, db];
  });
}

function weightTexture(weights: WeightLayout, kernel: Float32Array, bias: Float32Array) {
  const extent = { width: weights.columns, height: weights.biasRow + 1, layers: 1 };
  return gpu.upload(extent, weightsToTexels(weights, kernel, bias));
}

function forward({ conv, weights, x, kernel, bias }: Setup, activation: 'linear' | 'relu' = 'linear') {
  const inputs = { x: uploadImage(gpu, conv.input, x), w: weightTexture(weights, kernel, bias) };
  const [y] = runKernel(gpu, convForward(conv, weights, activation), inputs, [extentOf(conv.output)]);
  return imageValues(conv.output, y ?? new Float32Array());
}

function inputGradient(setup: Setup, ways: number, activation: 'linear' | 'relu' = 'linear') {
  const { conv, weights, x, kernel, bias, dy } = setup;
  const gradient = layoutOf(conv.input.batch, setup.shape, ways);
  const inputs = {
    dy: uploadImage(gpu, conv.output, dy),
    w: weightTexture(weights, kernel, bias),
    x: uploadImage(gpu, conv.input, x),
  };
  const kernelOf = convInputGradient(conv, weights, gradient, activation);
  const [dx] = runKernel(gpu, kernelOf, inputs, [extentOf(gradient)]);
  return imageValues(gradient, dx ?? new Float32Array());
}

/** Partial sums are added up by the optimizer: with rate -1, plain SGD adds the gradient to weights that are 0. */
function weightGradient({ conv, weights, x, dy }: Setup, targets: number) {
  const partial = filterPartial(conv, weights, targets);
  const inputs = { x: uploadImage(gpu, conv.input, x), dy: uploadImage(gpu, conv.output, dy) };
  const sums = gpu.texture(partialExtent(partial));
  gpu.run(passOf(filterGradient(conv, weights, partial), inputs, [sums]));
  const extent = { width: weights.columns, height: weights.biasRow + 1, layers: 1 };
  const [before, after] = [gpu.texture(extent), gpu.texture(extent)];
  const step = optimizerStep({ kind: 'sgd' }, weights, partial, { l1: 0, l2: 0 });
  gpu.run(passOf(step, { gradient: sums, weights: before }, [after]), { rate: -1 });
  return weightsFromTexels(weights, readAll(gpu, after));
}

const GRAY = CASES.flatMap((each) => {
  const setup = set(each);
  const input = packedGray(setup.conv.input);
  return input === null ? [] : [[each.window, setup, { ...setup, conv: { ...setup.conv, input } }] as const];
});

test.each(GRAY)('gray images that lie four pixels in a texel give the same: %o', (_window, plain, packed) => {
  expectClose(forward(packed), forward(plain), 1e-6);
  for (const targets of new Set([4, gpu.maxTargets])) {
    const [ours, expected] = [weightGradient(packed, targets), weightGradient(plain, targets)];
    expectClose(ours.kernel, expected.kernel);
    expectClose(ours.bias, expected.bias);
  }
});

describe.each(CASES)('a convolution of $shape by $filters filters, $window', (each) => {
  const setup = set(each);
  const [y, dx, dw, db] = expected(setup);

  test('gives what tfjs gives on the cpu', () => {
    expectClose(forward(setup), y ?? []);
  });

  test('hands the gradient of tfjs to its input, in a layout of any ways', () => {
    for (const ways of [1, 4, bestWays(setup.shape[1], gpu.maxTargets)]) {
      expectClose(inputGradient(setup, ways), dx ?? []);
    }
  });

  test('gathers the gradients of tfjs for filters and biases, with eight targets and with four', () => {
    for (const targets of new Set([4, gpu.maxTargets])) {
      const { kernel, bias } = weightGradient(setup, targets);
      expectClose(kernel, dw ?? []);
      expectClose(bias, db ?? []);
    }
  });
});

test('relu is applied to the sum, and its slope to the gradient', () => {
  const setup = set({ ...CASES[0], filters: 6 } as Case);
  const plainSums = forward(setup);
  expectClose(
    forward(setup, 'relu'),
    plainSums.map((v) => Math.max(v, 0)),
    1e-12,
  );
  const unmasked = inputGradient(setup, 7);
  const masked = inputGradient(setup, 7, 'relu');
  expectClose(
    masked,
    unmasked.map((v, i) => ((setup.x[i] ?? 0) > 0 ? v : 0)),
    1e-12,
  );
});

test('gradients agree with finite differences of the kernel itself', () => {
  const setup = set({ ...CASES[4] } as Case);
  const loss = (s: Setup) => forward(s).reduce((sum, v, i) => sum + v * (s.dy[i] ?? 0), 0);
  const bumped = (values: Float32Array, i: number, h: number) => values.map((v, j) => (j === i ? v + h : v));
  const dx = inputGradient(setup, 4);
  const { kernel: dw } = weightGradient(setup, gpu.maxTargets);
  for (const i of [0, 17, 101]) {
    const slope = loss({ ...setup, x: bumped(setup.x, i, 0.5) }) - loss({ ...setup, x: bumped(setup.x, i, -0.5) });
    expect(dx[i]).toBeCloseTo(slope, 3);
    const rise =
      loss({ ...setup, kernel: bumped(setup.kernel, i, 0.5) }) -
      loss({ ...setup, kernel: bumped(setup.kernel, i, -0.5) });
    expect(dw[i]).toBeCloseTo(rise, 3);
  }
});
