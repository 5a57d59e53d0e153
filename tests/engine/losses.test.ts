import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import type { DatasetSpec } from '../../src/core/dataset/spec.ts';
import { FASHION_MNIST } from '../../src/datasets/fashion-mnist/spec.ts';
import type { Device } from '../../src/engine/device.ts';
import { judge } from '../../src/engine/scores.ts';
import { lossGradients } from '../../src/engine/tape/loss.ts';
import { Model } from '../../src/engine/tape/model.ts';
import { clipByNorm } from '../../src/engine/tape/ops/clip-by-norm.ts';
import { type BatchLoss, softmaxCrossEntropy } from '../../src/engine/tape/ops/softmax-cross-entropy.ts';
import { softmaxSquaredError } from '../../src/engine/tape/ops/softmax-squared-error.ts';
import { NetworkWeights } from '../../src/engine/tape/weights.ts';
import { numberFields } from '../support/number-fields.ts';
import { graphFor } from './support/networks.ts';
import { testOnBackends } from './support/on-backends.ts';
import { expectClose, noise } from './support/values.ts';

const BATCH = 7;
const LOGITS = noise(BATCH * 10, 1).map((value) => 4 * value);
const LABELS = [3, 0, 9, 3, 5, 1, 7];

/** What the loss of each sample is multiplied by. */
const WEIGHTS = [2, 0.5, 3, 2, 0.25, 0, 1.5];

type LossFunction = (logits: tf.Tensor2D, labels: tf.Tensor1D, smoothing?: number, weights?: tf.Tensor1D) => BatchLoss;

/** Loss, hits and gradient by the logits. */
async function answersOf(device: Device, loss: LossFunction, smoothing: number, weights?: readonly number[]) {
  const tensors = tf.tidy(() => {
    const [logits, labels] = [tf.tensor2d(LOGITS, [BATCH, 10]), tf.tensor1d(LABELS, 'int32')];
    const counted = weights && tf.tensor1d([...weights]);
    const answer = loss(logits, labels, smoothing, counted);
    const gradient = tf.grad((x) => loss(x as tf.Tensor2D, labels, smoothing, counted).loss)(logits);
    return [answer.loss, answer.hits, gradient];
  });
  const [value, hits, gradient] = await Promise.all(tensors.map((tensor) => device.read(tensor)));
  tf.dispose(tensors);
  return { loss: value?.[0] ?? Number.NaN, hits: hits?.[0], gradient: gradient ?? new Float32Array() };
}

/**
 * A loss by the book, in double precision: the mean over images of `of(p, t)`, each times its weight, and its slope by finite
 * differences.
 */
function byTheBook(
  smoothing: number,
  of: (p: readonly number[], target: readonly number[]) => number,
  weights: readonly number[] = LABELS.map(() => 1),
) {
  const lossAt = (logits: readonly number[]) =>
    LABELS.reduce((sum, label, image) => {
      const powers = logits.slice(image * 10, image * 10 + 10).map(Math.exp);
      const whole = powers.reduce((a, b) => a + b, 0);
      const target = powers.map((_, c) => (c === label ? 1 - smoothing : 0) + smoothing / 10);
      const shares = powers.map((power) => power / whole);
      return sum + ((weights[image] ?? 0) * of(shares, target)) / BATCH;
    }, 0);
  const logits = [...LOGITS];
  const h = 1e-5;
  const gradient = logits.map(
    (logit, i) => (lossAt(logits.with(i, logit + h)) - lossAt(logits.with(i, logit - h))) / (2 * h),
  );
  return { loss: lossAt(logits), gradient };
}

const crossEntropy = (p: readonly number[], target: readonly number[]) =>
  -p.reduce((sum, q, c) => sum + (target[c] ?? 0) * Math.log(q), 0);

const squaredError = (p: readonly number[], target: readonly number[]) =>
  p.reduce((sum, q, c) => sum + (q - (target[c] ?? 0)) ** 2 / 10, 0);

testOnBackends('cross-entropy with smoothed labels is that of Keras, and so is its gradient', async (device) => {
  for (const smoothing of [0, 0.1, 0.5]) {
    const answer = await answersOf(device, softmaxCrossEntropy, smoothing);
    const book = byTheBook(smoothing, crossEntropy);
    expectClose([answer.loss], [book.loss], 1e-5);
    expectClose(answer.gradient, book.gradient, 1e-6);
  }
});

testOnBackends('the squared error of the softmax is that of Keras, and so is its gradient', async (device) => {
  for (const smoothing of [0, 0.1]) {
    const answer = await answersOf(device, softmaxSquaredError, smoothing);
    const book = byTheBook(smoothing, squaredError);
    expectClose([answer.loss], [book.loss], 1e-5);
    expectClose(answer.gradient, book.gradient, 1e-6);
    expect(answer.hits).toBe((await answersOf(device, softmaxCrossEntropy, 0)).hits);
  }
});

testOnBackends(
  'with weights each image counts so often, and the sum is divided by the batch as in Keras',
  async (device) => {
    for (const [loss, of] of [
      [softmaxCrossEntropy, crossEntropy],
      [softmaxSquaredError, squaredError],
    ] as const) {
      for (const smoothing of [0, 0.1]) {
        const answer = await answersOf(device, loss, smoothing, WEIGHTS);
        const book = byTheBook(smoothing, of, WEIGHTS);
        expectClose([answer.loss], [book.loss], 1e-5);
        expectClose(answer.gradient, book.gradient, 1e-6);
        const plain = await answersOf(device, loss, smoothing);
        expect(answer.hits).toBe(plain.hits);
        const ones = await answersOf(
          device,
          loss,
          smoothing,
          WEIGHTS.map(() => 1),
        );
        expect([ones.loss, ...ones.gradient]).toEqual([plain.loss, ...plain.gradient]);
      }
    }
  },
);

testOnBackends('what a set is judged by is the loss that it is trained by', async (device) => {
  const labels = Uint8Array.from(LABELS);
  for (const labelSmoothing of [0, 0.1]) {
    const trained = await answersOf(device, softmaxCrossEntropy, labelSmoothing);
    const judged = judge(LOGITS, labels, 10, { loss: 'categoricalCrossentropy', labelSmoothing });
    expectClose([trained.loss], [judged.loss], 1e-5);
    const squared = await answersOf(device, softmaxSquaredError, labelSmoothing);
    expectClose([squared.loss], [judge(LOGITS, labels, 10, { loss: 'meanSquaredError', labelSmoothing }).loss], 1e-5);
  }
});

/** Tables of three columns in two classes, and a network of a single sigmoid unit for them. */
const TWO_CLASSES: DatasetSpec = {
  ...FASHION_MNIST,
  samples: {
    kind: 'table',
    fields: numberFields('c0', 'c1', 'c2'),
    answer: 'side',
    storage: 'float32',
    scale: 1,
  },
  classes: ['no', 'yes'],
};
const SINGLE_UNIT = graphFor(TWO_CLASSES, ['dense', { units: 1, activation: 'sigmoid' }]);
const ROWS = noise(BATCH * 3, 2).map((value) => 3 * value);
const YES = [1, 0, 0, 1, 1, 0, 1];

/** Keras' loss of one sigmoid unit for one target, and its slope by the logit. */
const SINGLE_LOSSES = {
  binaryCrossentropy: (p: number, t: number) => [-(t * Math.log(p) + (1 - t) * Math.log(1 - p)), p - t] as const,
  meanSquaredError: (p: number, t: number) => [(p - t) ** 2, 2 * (p - t) * p * (1 - p)] as const,
};

testOnBackends('one sigmoid unit has the loss, the gradients and the accuracy that it has in Keras', async (device) => {
  const model = new Model(SINGLE_UNIT, new NetworkWeights(SINGLE_UNIT, 9));
  const [kernel, bias] = await Promise.all(model.weights.all.map(({ variable }) => device.read(variable)));
  const rows = YES.map((_, i) => [...ROWS.subarray(3 * i, 3 * i + 3)]);
  const logits = rows.map((row) => row.reduce((sum, x, j) => sum + x * (kernel?.[j] ?? 0), bias?.[0] ?? 0));
  for (const loss of ['binaryCrossentropy', 'meanSquaredError'] as const) {
    for (const labelSmoothing of [0, 0.2]) {
      const each = logits.map((z, i) => {
        const target = (YES[i] ?? 0) * (1 - labelSmoothing) + labelSmoothing / 2;
        return SINGLE_LOSSES[loss](1 / (1 + Math.exp(-z)), target);
      });
      const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / BATCH;
      const gradient = [0, 1, 2].map((j) => meanOf(each.map(([, slope], i) => slope * (rows[i]?.[j] ?? 0))));
      const expected = [meanOf(each.map(([value]) => value)), ...gradient, meanOf(each.map(([, slope]) => slope))];
      const tensors = tf.tidy(() => {
        const batch = { samples: tf.tensor2d(ROWS, [BATCH, 3]), labels: tf.tensor1d(YES, 'int32') };
        const context = { training: true, seed: 1, step: 0 };
        const answer = lossGradients(model, batch, context, { loss, labelSmoothing });
        return [answer.loss, answer.hits, ...answer.gradients];
      });
      const [value, hits, ...gradients] = await Promise.all(tensors.map((tensor) => device.read(tensor)));
      tf.dispose(tensors);
      expectClose([...(value ?? []), ...gradients.flatMap((part) => [...part])], expected, 1e-6);
      expect(hits?.[0]).toBe(logits.filter((z, i) => z > 0 === (YES[i] === 1)).length);
      const judged = judge(Float32Array.from(logits.flatMap((z) => [0, z])), Uint8Array.from(YES), 2, {
        loss,
        labelSmoothing,
      });
      expectClose([judged.loss], expected.slice(0, 1), 1e-6);
    }
  }
  model.weights.dispose();
});

testOnBackends('gradients longer than the norm are shortened to it together, shorter ones stay', async (device) => {
  const clipped = async (norm: number) => {
    const tensors = tf.tidy(() => [...clipByNorm([tf.tensor1d([3, 0]), tf.tensor2d([[4], [12]])], norm)]);
    const values = await Promise.all(tensors.map((tensor) => device.read(tensor)));
    tf.dispose(tensors);
    return values.map((value) => [...value]);
  };
  // The length is sqrt(9 + 16 + 144) = 13.
  for (const [index, expected] of [
    [1.5, 0],
    [2, 6],
  ].entries()) {
    expectClose((await clipped(6.5))[index] ?? [], expected, 1e-6);
  }
  expect(await clipped(14)).toEqual([
    [3, 0],
    [4, 12],
  ]);
});
