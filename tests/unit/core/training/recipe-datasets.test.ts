import { describe, expect, test } from 'vitest';
import type { DatasetSpec } from '../../../../src/core/dataset/spec.ts';
import { numberProblem } from '../../../../src/core/network/options.ts';
import { lossAtEnd } from '../../../../src/core/training/losses.ts';
import { defaultRecipe } from '../../../../src/core/training/recipe.ts';
import { lossesFor } from '../../../../src/core/training/recipe-choices.ts';
import { recipeFields } from '../../../../src/core/training/recipe-fields.ts';
import { parseRecipe } from '../../../../src/core/training/recipe-parse.ts';
import { recipeProblems } from '../../../../src/core/training/recipe-problems.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { SIGNS, WEATHER } from '../../../fixtures/specs/datasets.ts';

/** Fewer samples than the usual least number to train on. */
const TINY: DatasetSpec = { ...WEATHER, splits: { train: 40, test: 10 } };

describe('the number of training samples', () => {
  test('goes up to those of the data set, and is called by its word', () => {
    const { trainingImages } = recipeFields(SIGNS);
    expect(trainingImages).toMatchObject({ label: 'Training photos', min: 100, max: 800, steps: [100, 300, 800] });
    expect(trainingImages.explanation).toMatch(/^How many of the 800 photos to use/);
    expect(recipeFields(FASHION_MNIST).trainingImages).toMatchObject({
      label: 'Training images',
      max: 60_000,
      steps: [100, 300, 1000, 3000, 10_000, 30_000, 60_000],
    });
  });

  test('is all of them at the start, however few there are', () => {
    for (const dataset of [SIGNS, WEATHER, TINY]) {
      const recipe = defaultRecipe(dataset);
      expect(recipe.trainingImages).toBe(dataset.splits.train);
      expect(recipeProblems(recipe, dataset)).toEqual({});
    }
    expect(recipeFields(TINY).trainingImages).toMatchObject({ min: 40, max: 40, steps: [40] });
  });

  test('is refused beyond those that there are', () => {
    const recipe = { ...defaultRecipe(SIGNS), trainingImages: 801 };
    expect(recipeProblems(recipe, SIGNS)).toEqual({ trainingImages: 'Training photos must be at most 800.' });
    expect(recipeProblems(recipe, FASHION_MNIST)).toEqual({});
  });

  test('is all of them in a stored recipe that does not say', () => {
    expect(parseRecipe({ seed: 7 }, SIGNS)).toEqual({ ...defaultRecipe(SIGNS), seed: 7 });
  });
});

test.each([SIGNS, WEATHER, TINY])('every field for $title takes its own steps and explains itself', (dataset) => {
  for (const field of Object.values(recipeFields(dataset))) {
    expect(field.explanation).toMatch(/^[A-Z].{20,}\.$/);
    for (const step of field.steps) expect(numberProblem(field, step)).toBeNull();
  }
  expect(recipeFields(dataset)).toBe(recipeFields(dataset));
});

test('explanations speak of the samples of the data set', () => {
  const { batchSize, labelNoise, validationSplit } = recipeFields(WEATHER);
  expect(batchSize.explanation).toMatch(/^How many rows each step uses: larger batches are faster per row, smaller/);
  expect(labelNoise.explanation).toMatch(/^The share of training rows given a wrong label/);
  expect(validationSplit.explanation).toContain('how the network does on days it has never seen');
});

test('binary cross-entropy is offered for two classes only', () => {
  const names = (dataset: DatasetSpec) => lossesFor(dataset).map(([name]) => name);
  expect(names(WEATHER)).toEqual(['categoricalCrossentropy', 'binaryCrossentropy', 'meanSquaredError']);
  expect(names(SIGNS)).toEqual(['categoricalCrossentropy', 'meanSquaredError']);
  expect(lossesFor(SIGNS)[1]?.[1].explanation).toContain('distance of the four outputs from 0 and 1');
});

test('a loss that a data set does not offer is read as the usual one', () => {
  expect(parseRecipe({ loss: 'binaryCrossentropy' }, WEATHER).loss).toBe('binaryCrossentropy');
  expect(parseRecipe({ loss: 'binaryCrossentropy' }, SIGNS).loss).toBe('categoricalCrossentropy');
});

test('cross-entropy has the name that goes with the end of the network', () => {
  const [softmax, sigmoid] = [
    { units: 2, activation: 'softmax' } as const,
    { units: 1, activation: 'sigmoid' } as const,
  ];
  expect(lossAtEnd('categoricalCrossentropy', sigmoid)).toBe('binaryCrossentropy');
  expect(lossAtEnd('binaryCrossentropy', softmax)).toBe('categoricalCrossentropy');
  expect(lossAtEnd('meanSquaredError', sigmoid)).toBe('meanSquaredError');
});
