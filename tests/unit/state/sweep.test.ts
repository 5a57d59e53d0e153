import { expect, test } from 'vitest';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { draftOf } from '../../../src/state/draft.ts';
import {
  type Hyperparameter,
  hyperparametersFor,
  sweepPlans,
  variantsOf,
  withDropoutRate,
} from '../../../src/state/sweep.ts';

const PARAMETERS: readonly Hyperparameter[] = [
  'learningRate',
  'batchSize',
  'epochs',
  'trainingImages',
  'optimizer',
  'dropout',
  'weightDecay',
  'labelSmoothing',
  'labelNoise',
  'seed',
];

const HYPERPARAMETERS = hyperparametersFor(FASHION_MNIST);

const draft = draftOf(ciutacuCnn, 42);

/** The variants that a text names; fails the test where it names none. */
function variants(parameter: Hyperparameter, text: string) {
  const read = variantsOf(HYPERPARAMETERS[parameter], text);
  if (typeof read === 'string') throw new Error(read);
  return read;
}

test.each(PARAMETERS)('%s reads the values that it suggests', (parameter) => {
  const { usual } = HYPERPARAMETERS[parameter];
  expect(variants(parameter, usual)).toHaveLength(usual.split(',').length);
});

test('values are numbers within the range of the field, at least two and each once', () => {
  expect(variants('learningRate', '1e-4 0.001,0.001').map(({ label }) => label)).toEqual(['lr 1e-4', 'lr 1e-3']);
  expect(variantsOf(HYPERPARAMETERS.learningRate, '0.001')).toBe('Enter at least two values, separated by commas.');
  expect(variantsOf(HYPERPARAMETERS.batchSize, '0, 32')).toBe('Batch size must be at least 1.');
  expect(variantsOf(HYPERPARAMETERS.batchSize, '16, many')).toBe('Batch size must be a number.');
  expect(variantsOf(HYPERPARAMETERS.optimizer, 'Adam, Adamax')).toMatch(/^There is no optimizer called Adamax\./);
});

test('a sweep of one hyperparameter changes nothing else', () => {
  const plans = sweepPlans(draft, variants('batchSize', '16, 64'), []);
  if (typeof plans === 'string') throw new Error(plans);
  expect(plans.map(({ name }) => name)).toEqual(['batch 16', 'batch 64']);
  expect(plans.map(({ draft: { recipe } }) => recipe)).toEqual([
    { ...draft.recipe, batchSize: 16 },
    { ...draft.recipe, batchSize: 64 },
  ]);
});

test('a sweep of two has a run for each pair, and an optimizer does not undo the rate beside it', () => {
  const plans = sweepPlans(draft, variants('learningRate', '0.5, 0.25'), variants('optimizer', 'SGD, Adam'));
  if (typeof plans === 'string') throw new Error(plans);
  expect(
    plans.map(({ row, column, draft: { recipe } }) => [row, column, recipe.learningRate, recipe.optimizer.kind]),
  ).toEqual([
    [0, 0, 0.5, 'sgd'],
    [0, 1, 0.5, 'adam'],
    [1, 0, 0.25, 'sgd'],
    [1, 1, 0.25, 'adam'],
  ]);
});

test('too many runs are refused', () => {
  const many = variants('seed', '1,2,3,4,5,6,7,8,9,10');
  expect(sweepPlans(draft, many, many)).toBe(
    'That would be 100 runs. Enter fewer values: at most 48 runs are allowed.',
  );
});

test('a dropout rate goes into every dropout layer, or into a new one before the outputs', () => {
  const added = withDropoutRate(draft.network, 0.25);
  expect(added.layers.map(({ kind }) => kind).slice(-2)).toEqual(['dropout', 'dense']);
  expect(withDropoutRate(added, 0.5).layers).toContainEqual({
    kind: 'dropout',
    id: 'dropout-1',
    off: false,
    rate: 0.5,
  });
  expect(withDropoutRate(added, 0.5).layers).toHaveLength(added.layers.length);
  expect(withDropoutRate(draft.network, 0)).toBe(draft.network);
});
