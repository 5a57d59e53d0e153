import { expect, test } from 'vitest';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { type Draft, draftOf, withRecipe } from '../../../src/state/draft.ts';
import { draftsToMeasure, estimateOf, speedKeyOf } from '../../../src/state/run-estimate.ts';
import { hyperparametersFor, sweepPlans, variantsOf } from '../../../src/state/sweep.ts';

const change = (recipe: Partial<Draft['recipe']>) => withRecipe(draftOf(ciutacuCnn, 42), recipe, 'test');
// An epoch is 40 steps of 20 samples, and nothing is judged.
const draft = change({ trainingImages: 800, validationSplit: 0, batchSize: 20, epochs: 5 });
const speed = (step: number) => ({ once: 1, step, judgedSample: 0, histograms: 0 });

/** The drafts of a sweep, as the dialog plans them. */
function sweep(
  ...axes: readonly (readonly ['learningRate' | 'batchSize' | 'optimizer' | 'dropout', string])[]
): Draft[] {
  const parameters = hyperparametersFor(FASHION_MNIST);
  const [rows = [], columns = []] = axes.map(([name, text]) => {
    const variants = variantsOf(parameters[name], text);
    if (typeof variants === 'string') throw new Error(variants);
    return variants;
  });
  const plans = sweepPlans(draft, rows, columns);
  if (typeof plans === 'string') throw new Error(plans);
  return plans.map((plan) => plan.draft);
}

const batchSizes = (drafts: readonly Draft[]) => drafts.map(({ recipe }) => recipe.batchSize).toSorted((a, b) => a - b);

test('one measurement is enough for values that do not change the arithmetic', () => {
  expect(draftsToMeasure(sweep(['learningRate', '0.1, 0.01, 0.001']))).toHaveLength(1);
  const withDropout = sweep(['dropout', '0.1, 0.25, 0.5']);
  expect(draftsToMeasure(withDropout)).toHaveLength(1);
});

test('of batch sizes the smallest and the largest are measured, for each optimizer', () => {
  expect(batchSizes(draftsToMeasure(sweep(['batchSize', '40, 10, 20, 80'])))).toEqual([10, 80]);
  const pairs = sweep(['batchSize', '40, 10, 20, 80'], ['optimizer', 'SGD, Adam']);
  expect(batchSizes(draftsToMeasure(pairs))).toEqual([10, 10, 80, 80]);
});

test('there is no estimate while a speed is missing', () => {
  const drafts = sweep(['batchSize', '10, 80']);
  expect(estimateOf(drafts, new Map())).toBeNull();
  expect(estimateOf(drafts, new Map([[speedKeyOf(change({ ...draft.recipe, batchSize: 10 })), speed(1)]]))).toBeNull();
});

test('a speed at one batch size says nothing of another, also where two networks were measured', () => {
  const drafts = sweep(['dropout', '0, 0.5'], ['batchSize', '10, 80']);
  const small = drafts.filter(({ recipe }) => recipe.batchSize === 10);
  expect(estimateOf(drafts, new Map(small.map((each) => [speedKeyOf(each), speed(1)])))).toBeNull();
});

test('the times of all runs are added with what the page takes between them, batch sizes in between lying on a line', () => {
  const at = (batchSize: number) => speedKeyOf(withRecipe(draft, { batchSize }, 'test'));
  const speeds = new Map([
    [at(10), speed(0.02)],
    [at(80), speed(0.09)],
  ]);
  const drafts = sweep(['batchSize', '10, 40, 80']);
  const steps = 5 * (80 * 0.02 + 20 * 0.05 + 10 * 0.09);
  expect(estimateOf(drafts, speeds)).toBeCloseTo(3 * (1 + 0.12) + steps);
});
