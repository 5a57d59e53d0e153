import { expect, test } from 'vitest';
import { EXPERIMENTS } from '../../../scripts/reproduce/experiments.mjs';
import { fullSetup, isDone, plannedRuns } from '../../../scripts/reproduce/plan.mjs';
import type { Result } from '../../../scripts/reproduce/results.mjs';
import { documentOf } from '../../../scripts/reproduce/table.mjs';
import { at } from '../../../src/core/at.ts';
import { recipeProblems } from '../../../src/core/training/recipe-problems.ts';
import { FASHION_MNIST_PRESETS } from '../../../src/datasets/fashion-mnist/presets/catalogue.ts';
import { WEATHER_PRESETS } from '../../../src/datasets/weather/presets.ts';

const PRESETS = [...FASHION_MNIST_PRESETS, ...WEATHER_PRESETS];
const OPTIONS = { seeds: null, full: false };

function experiment(id: string) {
  return at(
    EXPERIMENTS.filter((each) => each.id === id),
    0,
  );
}

/** A result of a run that was trained as it is planned. */
function resultOf({ setup: { recipe } }: { readonly setup: ReturnType<typeof plannedRuns>[number]['setup'] }): Result {
  const { epochs, trainingImages } = recipe;
  const rest = { trainAccuracy: 0.9, trainLoss: 0.3, validationAccuracy: 0.88, testAccuracy: 0.87, testLoss: 0.4 };
  const of = { backend: 'wasm', device: null, date: '2026-11-28', commit: 'abc1234', load: 1, seconds: 90 };
  return {
    ...of,
    ...rest,
    epochs,
    trainingImages,
    thresholded: { precision: 0.9, recall: 0.7, f1: 0.79 },
    recalls: [],
  };
}

test('every experiment of the reports has a recipe that can be trained, or says why it is not run', () => {
  const sources = new Set(EXPERIMENTS.map(({ source }) => source));
  expect(sources.size).toBe(5);
  expect(new Set(EXPERIMENTS.map(({ id }) => id)).size).toBe(EXPERIMENTS.length);
  for (const { why, ...rest } of EXPERIMENTS) {
    expect(why).toMatch(/\.$/);
    const setup = fullSetup({ why, ...rest }, PRESETS);
    expect(setup === null).toBe(rest.preset === null);
    if (setup !== null) expect(recipeProblems({ ...setup.recipe, ...rest.short }, setup.dataset)).toEqual({});
  }
});

test('each experiment is trained with its first seed before any with its second', () => {
  const seeds = plannedRuns(EXPERIMENTS, PRESETS, OPTIONS).map(({ seed }) => seed);
  expect(seeds.indexOf(1)).toBeGreaterThan(seeds.lastIndexOf(42));
});

test('a shortened run does not count for the full one, nor one without the figures of the report’s rule', () => {
  const vgg = [experiment('elvland-vgg')];
  const short = at(plannedRuns(vgg, PRESETS, OPTIONS), 0);
  const full = at(plannedRuns(vgg, PRESETS, { ...OPTIONS, full: true }), 0);
  expect(full.setup.recipe.epochs).toBe(50);
  expect(isDone(resultOf(short), short)).toBe(true);
  expect(isDone(resultOf(short), full)).toBe(false);
  expect(isDone(resultOf(full), short)).toBe(true);
  const ruled = at(plannedRuns([experiment('malca-sitalkil-base')], PRESETS, OPTIONS), 0);
  expect(isDone({ ...resultOf(ruled), thresholded: null }, ruled)).toBe(false);
});

test('the page says of each figure how much it was trained for, and over how many seeds', () => {
  const [short] = plannedRuns([experiment('elvland-vgg')], PRESETS, OPTIONS);
  const base = plannedRuns([experiment('malca-sitalkil-base')], PRESETS, { ...OPTIONS, seeds: 2 });
  const [first, second] = base.map(resultOf);
  if (!short || !first || !second) throw new Error('Nothing is planned.');
  const text = documentOf(EXPERIMENTS, PRESETS, {
    'elvland-vgg': { 42: resultOf(short) },
    'malca-sitalkil-base': { 42: first, 1: { ...second, testAccuracy: 0.89 } },
  });
  expect(text).toContain('| 87.00 % | – | 1 | 3 of 50 on 12,000 images | 1.5 | shortened |');
  expect(text).toContain('| 88.00 ± 1.41 % | 0.700 ± 0.000 | 2 | 5 | 1.5 | in full |');
  expect(text).toMatch(/weatherAUS\.csv \|.*\*\*not run\*\*/);
});
