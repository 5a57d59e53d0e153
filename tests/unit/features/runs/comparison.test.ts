import { expect, test } from 'vitest';
import { applyEdit, createLayer } from '../../../../src/core/network/network.ts';
import { ciutacuCnn } from '../../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { comparisonOf, differs } from '../../../../src/features/runs/comparison.ts';
import { runsCsv } from '../../../../src/features/runs/runs-csv.ts';
import { draftOf } from '../../../../src/state/draft.ts';
import { newRun, type Run } from '../../../../src/state/run.ts';

const draft = draftOf(ciutacuCnn, 42);
const layer = createLayer('dropout', 'dropout-1', { rate: 0.25 });
const other = {
  ...draft,
  network: applyEdit(draft.network, { type: 'insert', index: 4, layer }),
  recipe: { ...draft.recipe, learningRate: 0.01, augmentation: { ...draft.recipe.augmentation, flip: true, shift: 2 } },
};

function finished(number: number, from: typeof draft, losses: readonly number[]): Run {
  const epochs = losses.map((loss, i) => ({
    epoch: i + 1,
    step: 10 * (i + 1),
    trainSample: { loss: loss / 2, accuracy: 0.95 },
    validation: { loss, accuracy: 0.9 + i / 100 },
    confusion: null,
    seconds: i,
  }));
  return { ...newRun(number, from, `run, ${number}`, 'wasm'), phase: 'finished', epochs, seconds: 61 };
}

const runs = [finished(1, draft, [0.5, 0.4, 0.6]), finished(2, other, [0.3])];

const line = (label: string) => {
  const { results, recipe, network } = comparisonOf(
    runs.map((run) => [run]),
    () => false,
  );
  return [...results, ...recipe, ...network].find((row) => row.label === label)?.values;
};

test('runs stand side by side with their results', () => {
  expect(line('Lowest validation loss')).toEqual(['0.400', '0.300']);
  expect(line('at epoch')).toEqual(['2', '1']);
  expect(line('Best validation accuracy')).toEqual(['92.0\u202f%', '90.0\u202f%']);
  expect(line('Training time')).toEqual(['1:01', '1:01']);
  expect(line('Test')).toEqual(['–', '–']);
});

test('lines of the recipe say whether they differ', () => {
  expect(line('Learning rate')).toEqual(['0.001', '0.01']);
  expect(line('Augmentation')).toEqual(['off', 'flip, shift 2']);
  const different = comparisonOf(
    runs.map((run) => [run]),
    () => false,
  ).recipe.filter(differs);
  expect(different.map(({ label }) => label)).toEqual(['Learning rate', 'Augmentation']);
});

test('a field that an assignment hides has no line', () => {
  const { recipe } = comparisonOf(
    runs.map((run) => [run]),
    (field) => field === 'learningRate',
  );
  expect(recipe.map(({ label }) => label)).not.toContain('Learning rate');
  expect(recipe.map(({ label }) => label)).toContain('Augmentation');
});

test('a layer that only one run has is a line of its own, where it stands', () => {
  const { network } = comparisonOf(
    runs.map((run) => [run]),
    () => false,
  );
  expect(network.map(({ label }) => label)).toEqual([
    'Parameters',
    'Conv2D',
    'MaxPooling2D',
    'Flatten',
    'Dense',
    'Dropout',
    'Dense',
  ]);
  expect(network.filter(differs).map(({ label, values }) => [label, values[0]])).toEqual([['Dropout', '–']]);
});

/** A run whose learning rate was lowered in the middle of its second epoch. */
function slowedDown(run: Run): Run {
  return { ...run, stepsPerEpoch: 10, adjustments: [{ step: 15, values: { learningRate: 1e-4 } }] };
}

/** The cells of a line, without the quotes around those that have commas. */
function cellsOf(row: string): readonly string[] {
  return [...row.matchAll(/"([^"]*)"|([^,]+)|(?<=,)(?=,)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

test('all runs are a table of comma-separated values', () => {
  const [head = '', first = '', second = ''] = runsCsv(runs).split('\r\n');
  const value = (row: string, column: string) => cellsOf(row)[head.split(',').indexOf(column)];
  expect(value(first, 'name')).toBe('run, 1');
  expect(value(first, 'best epoch')).toBe('2');
  expect(value(second, 'learning rate')).toBe('0.01');
  expect(value(second, 'changed from the preset')).toContain('+Dropout 0.25');
  expect(head).not.toContain('my test set');
  const own = { samples: [], results: [{ run: 1, right: 3, total: 4, tested: null, mark: '0  ' }] };
  const [ownHead = '', ownFirst = '', ownSecond = ''] = runsCsv(runs, own).split('\r\n');
  const ownValue = (row: string) => cellsOf(row)[ownHead.split(',').indexOf('my test set accuracy')];
  expect([ownValue(ownFirst), ownValue(ownSecond)]).toEqual(['0.75', '']);
  const [, changed = ''] = runsCsv(runs.slice(0, 1).map(slowedDown)).split('\r\n');
  expect(value(changed, 'changed while training')).toBe('lr 1e-3 → 1e-4 at epoch 1.5');
});
