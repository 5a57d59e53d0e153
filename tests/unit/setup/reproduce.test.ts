import { expect, test } from 'vitest';
import { plannedPrograms } from '../../../scripts/reproduce/beside.mjs';
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

const PROGRAM = {
  accuracy: 0.8025,
  version: '2.15.0',
  seed: 42,
  epochs: 5,
  trainingImages: 60_000,
  seconds: 60,
  load: 2,
  date: '2026-11-28',
  commit: 'abc1234',
};

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
  expect(sources.size).toBe(6);
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
  expect(text).toContain('| 87.00 % | 88.00 % | – | – | – | 1 | 5 of 50 | 1.5 | shortened |');
  expect(text).toContain('| 88.00 ± 1.41 % | 88.00 ± 0.00 % | – | – | 0.700 ± 0.000 | 2 | 5 | 1.5 | in full |');
  expect(text).toMatch(/weatherAUS\.csv \|.*\*\*not run\*\*/);
});

test('the result by mirror images stands beside that of the images as they are, and the validation', () => {
  const [run] = plannedRuns([experiment('pays-as-it-is')], PRESETS, { ...OPTIONS, seeds: 1 });
  if (!run) throw new Error('Nothing is planned.');
  expect(run.setup.recipe.testTimeFlip).toBe(true);
  const text = documentOf(EXPERIMENTS, PRESETS, {
    'pays-as-it-is': { 42: { ...resultOf(run), mirroredAccuracy: 0.8725 } },
  });
  expect(text).toContain('| 87.00 %; with mirror images 87.25 % | 88.00 % |');
});

test('what pays is told of one change each, at the same number of epochs', () => {
  const pays = EXPERIMENTS.filter(({ id }) => id.startsWith('pays-'));
  const setups = pays.map((each) => fullSetup(each, PRESETS)?.recipe);
  const [base] = setups;
  for (const recipe of setups) expect(recipe?.epochs).toBe(base?.epochs);
  const changed = setups.map((recipe) =>
    Object.entries(recipe ?? {}).filter(([name, value]) => value !== Reflect.get(base ?? {}, name)),
  );
  expect(changed[0]).toEqual([]);
  for (const changes of changed.slice(1)) expect(changes.length).toBeGreaterThan(0);
});

test('what was not run, or not in full, says what it costs and how it is run', () => {
  const [short] = plannedRuns([experiment('elvland-vgg')], PRESETS, OPTIONS);
  if (!short) throw new Error('Nothing is planned.');
  const text = documentOf(EXPERIMENTS, PRESETS, { 'elvland-vgg': { 42: resultOf(short) } });
  expect(text).toContain(
    '50 epochs: **shortened.** Fifty epochs take more than an hour on two processor cores. `npm run reproduce -- --only elvland-vgg --full` trains it in full.',
  );
  expect(text).toMatch(/\| CNN of width 128 \|.*\| \*\*not run yet\*\* \|/);
  expect(text).toContain('CNN of width 128: **not run yet.** Networks of millions of weights take minutes');
  expect(text).toContain('weatherAUS.csv: **not run.** The file is not part of the app.');
  const whole = { ...resultOf(short), epochs: 50, trainingImages: 60_000 };
  expect(documentOf(EXPERIMENTS, PRESETS, { 'elvland-vgg': { 42: whole } })).toContain(
    '50 epochs: Training and validation end as in the report',
  );
});

test('programs run beside what the app has trained in full in a few minutes, quick ones first, and only once', () => {
  const wanted = ['elvland-vgg', 'ciutacu-cnn', 'malca-sitalkil-base', 'overfitting-demo', 'small-resnet'].map(
    experiment,
  );
  const [vgg, cnn, base, demo] = plannedRuns(wanted, PRESETS, { ...OPTIONS, seeds: 1 }).map(resultOf);
  if (!vgg || !cnn || !base || !demo) throw new Error('Nothing is planned.');
  const results = {
    'elvland-vgg': { 42: vgg },
    'ciutacu-cnn': { 42: { ...cnn, seconds: 301 } },
    'malca-sitalkil-base': { 42: { ...base, seconds: 500 }, 1: { ...base, seconds: 80 } },
    'overfitting-demo': { 42: { ...demo, seconds: 2 } },
  };
  const beside = { 'malca-sitalkil-base': { torch: PROGRAM } };
  const planned = plannedPrograms(wanted, PRESETS, results, beside);
  expect(planned.map(({ experiment: { id }, tool }) => `${id} ${tool}`)).toEqual([
    'overfitting-demo torch',
    'overfitting-demo keras',
    'malca-sitalkil-base keras',
  ]);
  expect(planned[0]?.setup.recipe).toMatchObject({ epochs: 30, seed: 42 });
});

test('what programs came to has columns of its own', () => {
  const [base] = plannedRuns([experiment('malca-sitalkil-base')], PRESETS, OPTIONS);
  if (!base) throw new Error('Nothing is planned.');
  const text = documentOf(
    EXPERIMENTS,
    PRESETS,
    { 'malca-sitalkil-base': { 42: resultOf(base) } },
    { 'malca-sitalkil-base': { torch: PROGRAM, keras: { ...PROGRAM, accuracy: 0.795, version: '3.15.1' } } },
  );
  expect(text).toContain('| 87.00 % | 88.00 % | 80.25 % | 79.50 % | 0.700 |');
  expect(text).toContain(
    '| malca-sitalkil-base | 42 | PyTorch 2.15.0 | 80.25 % | 5 | 60,000 | 1.0 | 2.0 | 2026-11-28 | abc1234 |',
  );
  expect(text).toContain('| Keras 3.15.1 | 79.50 % |');
});
