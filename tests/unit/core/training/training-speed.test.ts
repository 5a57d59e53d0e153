import { expect, test } from 'vitest';
import type { Recipe } from '../../../../src/core/training/recipe.ts';
import { runSeconds } from '../../../../src/core/training/training-speed.ts';
import { ciutacuCnn } from '../../../../src/datasets/fashion-mnist/presets/ciutacu.ts';

const speed = { once: 2, step: 0.05, judgedSample: 0.001, histograms: 0 };

function secondsOf(recipe: Partial<Recipe>): number {
  const { dataset, network } = ciutacuCnn;
  const usual = { trainingImages: 1000, validationSplit: 0.2, batchSize: 20, epochs: 5 };
  return runSeconds({ dataset, network, recipe: { ...ciutacuCnn.recipe, ...usual, ...recipe } }, speed);
}

test('a run takes what it needs once, and in each epoch its steps and the judging of both sets', () => {
  expect(secondsOf({})).toBeCloseTo(2 + 5 * (40 * 0.05 + 2 * 200 * 0.001));
});

test('histograms are taken after each epoch, as long as they take little of the time', () => {
  const without = secondsOf({});
  const { dataset, network, recipe } = ciutacuCnn;
  const setup = { dataset, network, recipe: { ...recipe, trainingImages: 1000, batchSize: 20, epochs: 5 } };
  expect(runSeconds(setup, { ...speed, histograms: 0.1 })).toBeCloseTo(without + 0.5);
  expect(runSeconds(setup, { ...speed, histograms: 1 })).toBeCloseTo(without + 1 + 0.5 + 0.03 * without);
});

test('the last batch of an epoch counts as a step, though it is not full', () => {
  expect(secondsOf({ trainingImages: 1001, validationSplit: 0, epochs: 1 })).toBeCloseTo(2 + 51 * 0.05);
});

test('nothing is set aside where the test set validates, and nothing is judged where nothing is set aside', () => {
  expect(secondsOf({ validateOn: 'test', epochs: 1 })).toBeCloseTo(2 + 50 * 0.05 + 2 * 1000 * 0.001);
  expect(secondsOf({ validationSplit: 0, epochs: 1 })).toBeCloseTo(2 + 50 * 0.05);
});
