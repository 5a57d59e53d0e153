import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { areMatrices, matrixScale } from '../../src/core/training/optimizers/muon.ts';
import { OPTIMIZERS } from '../../src/core/training/optimizers/registry.ts';
import type { Recipe } from '../../src/core/training/recipe.ts';
import { RecordedTrainer } from '../../src/engine/recorded-trainer.ts';
import { createOptimizer } from '../../src/engine/tape/ops/optimizer.ts';
import recorded from '../fixtures/torch/muon.json';
import { graphOf, type Row } from './support/networks.ts';
import { testOnBackends } from './support/on-backends.ts';
import { continueCurve, RECIPE, startEngine } from './support/training.ts';
import { expectClose, noise } from './support/values.ts';

const MUON = OPTIMIZERS.muon.defaults;

/** As PyTorch has a kernel, [outputs, inputs], to as Keras has it. */
function turned(values: readonly number[], rows: number, columns: number): number[] {
  return Array.from({ length: rows * columns }, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)] ?? 0);
}

testOnBackends('four steps with momentum and weight decay are those of PyTorch', async (device) => {
  for (const { rows, columns, nesterov, start, gradients, weight } of recorded.cases) {
    const { lr: learningRate, weight_decay: weightDecay, momentum } = recorded;
    // As the kernel of a convolution of 1 x columns taps and one channel.
    const tensorOf = (values: readonly number[]) => tf.tensor4d(turned(values, rows, columns), [1, columns, 1, rows]);
    const kernel = tf.tidy(() => tf.variable(tensorOf(start)));
    const optimizer = createOptimizer({ ...MUON, momentum, nesterov }, [kernel], [true]);
    gradients.forEach((gradient, step) => {
      tf.tidy(() => optimizer.apply([tensorOf(gradient)], { step, learningRate, weightDecay }));
    });
    expectClose(await device.read(kernel), turned(weight, rows, columns), 2e-6);
    optimizer.dispose();
    kernel.dispose();
  }
});

testOnBackends('a matrix becomes one whose singular values are about 1, tall or wide', async (device) => {
  for (const [rows, columns] of [
    [40, 8],
    [8, 40],
  ] as const) {
    // The move of weights that begin at 0, at a rate of 1, is the matrix times its scale.
    const kernel = tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R2>([rows, columns])));
    const optimizer = createOptimizer(MUON, [kernel], [true]);
    tf.tidy(() =>
      optimizer.apply([tf.tensor2d(noise(rows * columns, 3), [rows, columns])], {
        step: 0,
        learningRate: 1 / matrixScale(rows, columns),
        weightDecay: 0,
      }),
    );
    const product = tf.tidy(() => tf.matMul(kernel, kernel, rows > columns, rows < columns));
    optimizer.dispose();
    kernel.dispose();
    const values = await device.read(product);
    product.dispose();
    // The squares of the singular values add up to the trace.
    const trace = Array.from({ length: 8 }, (_, i) => values[9 * i] ?? 0).reduce((sum, value) => sum + value);
    expect(trace / 8).toBeGreaterThan(0.5);
    expect(trace / 8).toBeLessThan(1.5);
  }
});

const ROWS: readonly Row[] = [
  ['conv2d', { filters: 6, strides: 3 }],
  ['batchNormalization'],
  ['conv2d', { filters: 8, frozen: true }],
  ['flatten'],
  ['dense', { units: 12, activation: 'tanh' }],
  ['dense', { units: 10, activation: 'softmax' }],
];

test('kernels of convolutions and dense layers are matrices, but not those of the last layer or of frozen ones', () => {
  // Kernel and bias, gamma and beta, kernel and bias, kernel and bias.
  expect(areMatrices(graphOf(...ROWS))).toEqual([true, false, false, false, true, false, false, false]);
});

test.each(['wasm', 'webgl'] as const)(
  'a training is recorded on %s, and goes on from a snapshot bit for bit',
  async (backend) => {
    const engine = await startEngine(backend);
    const graph = graphOf(...ROWS);
    const recipe: Recipe = { ...RECIPE, optimizer: MUON, learningRate: 0.01 };
    const trainer = await engine.createTrainer(graph, recipe);
    expect(trainer).toBeInstanceOf(RecordedTrainer);
    const { losses } = await continueCurve(trainer, 12);
    expect(losses.at(-1)).toBeLessThan(0.75 * (losses[0] ?? 0));
    const snapshot = await trainer.snapshot();
    const next = await continueCurve(trainer, 2);
    trainer.dispose();
    const other = await engine.createTrainer(graph, recipe);
    await other.restore(snapshot);
    expect(await continueCurve(other, 2)).toEqual(next);
    other.dispose();
    // A kernel moves otherwise than by Adam.
    const adam = await engine.createTrainer(graph, { ...recipe, optimizer: OPTIMIZERS.adam.defaults });
    expect((await continueCurve(adam, 12)).losses.at(-1)).not.toBeCloseTo(losses.at(-1) ?? 0, 2);
    adam.dispose();
  },
);
