import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import type { Device } from '../../src/engine/device.ts';
import { follow, normalizeByBatch } from '../../src/engine/tape/ops/batch-normalization.ts';
import { type Conv2dOptions, conv2d } from '../../src/engine/tape/ops/conv2d.ts';
import { softmaxCrossEntropy } from '../../src/engine/tape/ops/softmax-cross-entropy.ts';
import { weightPenalty } from '../../src/engine/tape/ops/weight-penalty.ts';
import { testOnBackends } from './support/on-backends.ts';
import { expectClose, noise } from './support/values.ts';

/** Values of tensors made by `f`, which are freed. */
async function valuesOf(device: Device, f: () => tf.Tensor[]): Promise<Float32Array[]> {
  const tensors = tf.tidy(f);
  const values = await Promise.all(tensors.map((tensor) => device.read(tensor)));
  tf.dispose(tensors);
  return values;
}

const PLAIN: Conv2dOptions = { strides: 1, padding: 'valid', dilation: 1, activation: 'linear' };

const CONVOLUTIONS: readonly Conv2dOptions[] = [
  PLAIN,
  { ...PLAIN, padding: 'same', strides: 2 },
  { ...PLAIN, dilation: 2 },
  { ...PLAIN, padding: 'same', dilation: 3 },
  { ...PLAIN, padding: 'same', strides: 2, dilation: 2 },
];

testOnBackends('a convolution is the sum over its window, and its gradients are those of that sum', async (device) => {
  const [x, kernel, bias] = [noise(2 * 9 * 8 * 3, 1), noise(3 * 3 * 3 * 2, 2), noise(2, 3)];
  for (const options of CONVOLUTIONS) {
    const inputs = () => [tf.tensor(x, [2, 9, 8, 3]), tf.tensor(kernel, [3, 3, 3, 2]), tf.tensor1d(bias)] as const;
    const forward = (...[a, k, b]: tf.Tensor[]) =>
      conv2d(a as tf.Tensor4D, k as tf.Tensor4D, b as tf.Tensor1D, options);
    const expected = convolve(x, kernel, bias, options);
    const dy = noise(expected.y.length, 4);
    const [y, dx, dk, db] = await valuesOf(device, () => {
      const output = forward(...inputs());
      return [output, ...tf.grads(forward)([...inputs()], tf.tensor(dy, output.shape))];
    });
    const gradients = expected.gradients(dy);
    expectClose(y ?? [], expected.y);
    expectClose(dx ?? [], gradients.dx);
    expectClose(dk ?? [], gradients.dk);
    expectClose(db ?? [], gradients.db);
  }
});

/** A convolution of [2, 9, 8, 3] by [3, 3, 3, 2] by the book: one product after another, in double precision. */
function convolve(x: Float32Array, kernel: Float32Array, bias: Float32Array, options: Conv2dOptions) {
  const { strides, dilation, padding } = options;
  const span = 2 * dilation + 1;
  const stops = (extent: number) => Math.ceil((padding === 'same' ? extent : extent - span + 1) / strides);
  const before = (extent: number) =>
    padding === 'same' ? Math.floor(Math.max(0, (stops(extent) - 1) * strides + span - extent) / 2) : 0;
  const [height, width] = [stops(9), stops(8)];
  const products: { at: number; x: number; k: number }[] = [];
  for (const [n, row, column, r, c, i, o] of combinations(2, height, width, 3, 3, 3, 2)) {
    const [top, left] = [row * strides - before(9) + r * dilation, column * strides - before(8) + c * dilation];
    if (top < 0 || top >= 9 || left < 0 || left >= 8) continue;
    const at = ((n * height + row) * width + column) * 2 + o;
    products.push({ at, x: ((n * 9 + top) * 8 + left) * 3 + i, k: ((r * 3 + c) * 3 + i) * 2 + o });
  }
  const y = Array.from({ length: 2 * height * width * 2 }, (_, at) => bias[at % 2] ?? 0);
  for (const p of products) y[p.at] = (y[p.at] ?? 0) + (x[p.x] ?? 0) * (kernel[p.k] ?? 0);
  const gradients = (dy: Float32Array) => {
    const [dx, dk, db] = [new Float64Array(x.length), new Float64Array(kernel.length), new Float64Array(2)];
    for (const p of products) {
      dx[p.x] = (dx[p.x] ?? 0) + (dy[p.at] ?? 0) * (kernel[p.k] ?? 0);
      dk[p.k] = (dk[p.k] ?? 0) + (dy[p.at] ?? 0) * (x[p.x] ?? 0);
    }
    for (const [at, value] of dy.entries()) db[at % 2] = (db[at % 2] ?? 0) + value;
    return { dx, dk, db };
  };
  return { y, gradients };
}

type Seven = [number, number, number, number, number, number, number];

/** All tuples of whole numbers below the given ones. */
function* combinations(...sizes: Seven): Generator<Seven> {
  const count = sizes.reduce((product, size) => product * size, 1);
  for (let n = 0; n < count; n++) {
    let rest = n;
    yield sizes.map((size) => {
      const digit = rest % size;
      rest = Math.floor(rest / size);
      return digit;
    }) as Seven;
  }
}

testOnBackends('cross-entropy is exact where the softmax underflows', async (device) => {
  const logits = [200, 0, -200, 1, 2, 3];
  const [loss, hits, gradient] = await valuesOf(device, () => {
    const labels = tf.tensor1d([2, 2], 'int32');
    const rows = tf.tensor2d(logits, [2, 3]);
    const { loss, hits } = softmaxCrossEntropy(rows, labels);
    return [loss, hits, tf.grad((x) => softmaxCrossEntropy(x as tf.Tensor2D, labels).loss)(rows)];
  });
  const e = Math.exp;
  const sum = e(1) + e(2) + e(3);
  expectClose(loss ?? [], [(400 - Math.log(e(3) / sum)) / 2], 1e-6);
  expect(hits).toEqual(Float32Array.of(1));
  const second = [e(1) / sum / 2, e(2) / sum / 2, (e(3) / sum - 1) / 2];
  expectClose(gradient ?? [], [0.5, 0, -0.5, ...second], 1e-6);
});

testOnBackends('a penalty is l1 times the sum of sizes and l2 times that of squares', async (device) => {
  const [value, gradient] = await valuesOf(device, () => {
    const weight = tf.tensor1d([-2, 0, 0.5]);
    return [weightPenalty(weight, 0.1, 0.01), tf.grad((w) => weightPenalty(w, 0.1, 0.01))(weight)];
  });
  expectClose(value ?? [], [0.1 * 2.5 + 0.01 * 4.25], 1e-6);
  expectClose(gradient ?? [], [-0.1 - 0.04, 0, 0.1 + 0.01], 1e-6);
});

testOnBackends('batch normalisation takes mean and biased variance over all axes but the last', async (device) => {
  const x = noise(4 * 3 * 2, 5);
  const [gamma, beta] = [
    [1.5, 0.5],
    [0.1, -0.2],
  ];
  const channel = (c: number) => Array.from(x).filter((_, i) => i % 2 === c);
  const means = [0, 1].map((c) => mean(channel(c)));
  const variances = [0, 1].map((c) => mean(channel(c).map((v) => (v - (means[c] ?? 0)) ** 2)));
  const [y, bare, batchMean, batchVariance] = await valuesOf(device, () => {
    const trained = { gamma: tf.tensor1d(gamma), beta: tf.tensor1d(beta) };
    const images = tf.tensor(x, [4, 1, 3, 2]);
    const result = normalizeByBatch(images, trained, 1e-3);
    const bare = normalizeByBatch(images, { gamma: null, beta: null }, 1e-3);
    return [result.output, bare.output, result.mean, result.variance];
  });
  const normalized = Array.from(x, (v, i) => (v - (means[i % 2] ?? 0)) / Math.sqrt((variances[i % 2] ?? 0) + 1e-3));
  expectClose(
    y ?? [],
    normalized.map((v, i) => v * (gamma[i % 2] ?? 0) + (beta[i % 2] ?? 0)),
  );
  expectClose(bare ?? [], normalized);
  expectClose(batchMean ?? [], means);
  expectClose(batchVariance ?? [], variances);
});

testOnBackends('gradients of batch normalisation agree with differences of its output', async (device) => {
  const [x, dy] = [noise(6 * 2, 6), noise(6 * 2, 7)];
  const [gamma, beta] = [
    [1.5, 0.5],
    [0.1, -0.2],
  ];
  const gradients = await valuesOf(device, () =>
    tf.grads((...[a, g, b]: tf.Tensor[]) => {
      const trained = { gamma: g as tf.Tensor1D, beta: b as tf.Tensor1D };
      return tf.sum(tf.mul(normalizeByBatch(a as tf.Tensor, trained, 1e-3).output, tf.tensor2d(dy, [6, 2])));
    })([tf.tensor2d(x, [6, 2]), tf.tensor1d(gamma), tf.tensor1d(beta)]),
  );
  const parameters = [...x, ...gamma, ...beta];
  const slopes = parameters.map((_, i) => {
    const at = (step: number) => weighted(parameters.with(i, (parameters[i] ?? 0) + step), dy);
    return (at(1e-5) - at(-1e-5)) / 2e-5;
  });
  expectClose(
    gradients.flatMap((values) => [...values]),
    slopes,
  );
});

/** The output of batch normalisation weighted by `dy`, from [6, 2] inputs and both channels' gamma and beta. */
function weighted(parameters: readonly number[], dy: Float32Array): number {
  return [0, 1].reduce((sum, c) => {
    const channel = parameters.slice(0, 12).filter((_, i) => i % 2 === c);
    const center = mean(channel);
    const deviation = Math.sqrt(mean(channel.map((v) => (v - center) ** 2)) + 1e-3);
    const [gamma, beta] = [parameters[12 + c] ?? 0, parameters[14 + c] ?? 0];
    const outputs = channel.map((v, i) => (((v - center) / deviation) * gamma + beta) * (dy[2 * i + c] ?? 0));
    return sum + outputs.reduce((total, value) => total + value, 0);
  }, 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

testOnBackends('moving statistics keep their share of momentum', async (device) => {
  const moving = tf.tidy(() => tf.variable(tf.tensor1d([1, -1])));
  const batch = tf.tensor1d([3, 1]);
  follow(moving, batch, 0.99);
  expectClose(await device.read(moving), [0.99 + 0.03, -0.99 + 0.01], 1e-6);
  tf.dispose([moving, batch]);
});
