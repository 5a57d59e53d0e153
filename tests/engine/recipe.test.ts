import { memory } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NO_AUGMENTATION } from '../../src/core/training/augmentation.ts';
import { OPTIMIZERS } from '../../src/core/training/optimizers/registry.ts';
import type { Recipe } from '../../src/core/training/recipe.ts';
import { graphOf, SMALL_DENSE } from './support/networks.ts';
import { CALM, curveOf, RECIPE, startEngine, UNWATCHED } from './support/training.ts';

const engine = await startEngine('webgl');
const graph = graphOf(...SMALL_DENSE);
const SGD: Recipe = { ...RECIPE, optimizer: OPTIMIZERS.sgd.defaults, learningRate: 0.1, epochs: 2 };

let before = 0;
beforeEach(() => {
  before = memory().numTensors;
});
afterEach(() => {
  expect(memory().numTensors).toBe(before);
});

/** All weights after some steps of a recipe, one after another. */
async function weightsAfter(recipe: Recipe, steps: number): Promise<Float32Array> {
  const trainer = await engine.createTrainer(graph, recipe);
  for (let step = 0; step < steps; step++) await trainer.trainStep(CALM);
  const weights = await trainer.readWeights();
  trainer.dispose();
  return Float32Array.from(weights.flatMap((values) => [...values]));
}

/** How far the weights move from one number of steps to another. */
function moved(from: Float32Array, to: Float32Array): Float32Array {
  return to.map((weight, i) => weight - (from[i] ?? 0));
}

function lengthOf(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
}

const start = await weightsAfter(SGD, 0);
const firstMove = moved(start, await weightsAfter(SGD, 1));

describe('each field of a recipe changes the steps as it says', () => {
  test('a schedule scales each step: a warm-up over 16 of 64 steps begins with a sixteenth', async () => {
    const warm: Recipe = { ...SGD, schedule: { kind: 'warmUp', warmUpShare: 0.25 } };
    const first = moved(start, await weightsAfter(warm, 1));
    expect(lengthOf(first) / lengthOf(firstMove)).toBeCloseTo(1 / 16, 3);
  });

  test('a step schedule leaves the steps before its drop as they are, and divides the one after it by ten', async () => {
    const dropping: Recipe = { ...SGD, schedule: { kind: 'step', drops: 1, factor: 0.1 } };
    const [plain32, drop32] = [await weightsAfter(SGD, 32), await weightsAfter(dropping, 32)];
    expect(drop32).toEqual(plain32);
    const [plain33, drop33] = [await weightsAfter(SGD, 33), await weightsAfter(dropping, 33)];
    expect(lengthOf(moved(drop32, drop33)) / lengthOf(moved(plain32, plain33))).toBeCloseTo(0.1, 3);
  });

  test('weight decay takes its share, times the rate, off every weight before the step', async () => {
    const decayed = await weightsAfter({ ...SGD, weightDecay: 0.5 }, 1);
    const expected = start.map((weight, i) => weight * (1 - 0.1 * 0.5) + (firstMove[i] ?? 0));
    expect(lengthOf(moved(expected, decayed))).toBeLessThan(1e-4);
  });

  test('clipping shortens the gradient of all weights to its norm, and leaves shorter ones alone', async () => {
    const gradient = lengthOf(firstMove) / 0.1;
    const clipped = moved(start, await weightsAfter({ ...SGD, clipNorm: gradient / 4 }, 1));
    expect(lengthOf(clipped) / lengthOf(firstMove)).toBeCloseTo(0.25, 3);
    const loose = await weightsAfter({ ...SGD, clipNorm: 4 * gradient }, 1);
    expect(lengthOf(moved(start, loose)) / lengthOf(firstMove)).toBeCloseTo(1, 5);
  });

  test('the squared error starts below 0.1 and falls; smoothed labels keep the loss above their entropy', async () => {
    const squared = await curveOf(engine, graph, { ...RECIPE, loss: 'meanSquaredError' }, 64);
    expect(squared.losses[0]).toBeLessThan(0.12);
    expect(squared.losses[0]).toBeGreaterThan(0.08);
    expect(mean(squared.losses.slice(-8))).toBeLessThan(0.06);
    const smooth = await curveOf(engine, graph, { ...RECIPE, labelSmoothing: 0.2 }, 64);
    // Even a perfect answer to targets of 0.82 and 0.02 has their entropy for its loss.
    const entropy = -(0.82 * Math.log(0.82) + 9 * 0.02 * Math.log(0.02));
    expect(Math.min(...smooth.losses)).toBeGreaterThan(entropy);
    expect(mean(smooth.losses.slice(-8))).toBeLessThan(mean(smooth.losses.slice(0, 8)));
  });

  test('augmentation changes every step, the same each time, and learning goes on', async () => {
    const augmented: Recipe = { ...RECIPE, augmentation: { ...NO_AUGMENTATION, flip: true, shift: 2, erase: 0.5 } };
    const plain = await curveOf(engine, graph, RECIPE, 64);
    const first = await curveOf(engine, graph, augmented, 64);
    expect(await curveOf(engine, graph, augmented, 64, 1)).toEqual(first);
    expect(first.losses[0]).not.toBe(plain.losses[0]);
    expect(mean(first.losses.slice(-8))).toBeGreaterThan(mean(plain.losses.slice(-8)));
    expect(mean(first.losses.slice(-8))).toBeLessThan(0.8 * mean(first.losses.slice(0, 8)));
  });

  test('label noise is trained on, and shows in the training sample but not in validation', async () => {
    const noisy = await engine.createTrainer(graph, { ...RECIPE, labelNoise: 0.5 });
    const clean = await engine.createTrainer(graph, RECIPE);
    const sample = await noisy.evaluate('trainSample', UNWATCHED);
    const truth = await clean.evaluate('trainSample', UNWATCHED);
    expect(sample.indices).toEqual(truth.indices);
    const wrong = sample.labels.filter((label, i) => label !== truth.labels[i]).length;
    expect(wrong).toBeGreaterThan(0.4 * truth.labels.length);
    expect(wrong).toBeLessThan(0.6 * truth.labels.length);
    const validation = await noisy.evaluate('validation', UNWATCHED);
    expect(validation.labels).toEqual((await clean.evaluate('validation', UNWATCHED)).labels);
    noisy.dispose();
    clean.dispose();
  });

  test('validation on the test set trains on every image, and judges all test images and as many of its own', async () => {
    const trainer = await engine.createTrainer(graph, { ...RECIPE, validateOn: 'test' });
    expect(trainer.stepsPerEpoch).toBe(40);
    const validation = await trainer.evaluate('validation', UNWATCHED);
    expect(validation.set).toBe('validation');
    expect(validation.indices).toHaveLength(10_000);
    const sample = await trainer.evaluate('trainSample', UNWATCHED);
    expect(sample.indices).toHaveLength(2000);
    trainer.dispose();
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
