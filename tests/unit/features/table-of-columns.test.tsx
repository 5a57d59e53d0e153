import { act, cleanup, render, screen, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, test } from 'vitest';
import { columnCounts } from '../../../src/core/dataset/column-summary.ts';
import { storedRow } from '../../../src/core/dataset/rows.ts';
import type { Cell } from '../../../src/core/dataset/table.ts';
import { SamplesByClass } from '../../../src/features/data/SamplesByClass.tsx';
import { LabContext } from '../../../src/features/lab.tsx';
import { Present } from '../../../src/features/present/Present.tsx';
import { runsCsv } from '../../../src/features/runs/runs-csv.ts';
import { Arrivals } from '../../../src/features/training/Arrivals.tsx';
import { RecipeForm } from '../../../src/features/training/RecipeForm.tsx';
import { RecipePopover } from '../../../src/features/training/RecipePopover.tsx';
import { allRuns } from '../../../src/state/runs.ts';
import { SIGNS } from '../../fixtures/specs/datasets.ts';
import { TREE_SAMPLES, TREES } from '../../fixtures/specs/table.ts';
import { FakeWorker, isAsk } from '../state/fake-worker.ts';
import { labOf } from './results/lab-of.ts';

const ROWS: readonly (readonly Cell[])[] = [
  [2, 'sand', 200],
  [16, 'clay', 0],
  [30, 'clay', 100],
];

afterEach(cleanup);

/** Trees of which three rows have arrived. */
async function show(part: ReactNode, dataset = TREES) {
  const worker = new FakeWorker();
  worker.onCommand = (command) => {
    if (!isAsk(command, 'images')) return;
    const rows = [...command.question.indices].map((place) => storedRow(TREE_SAMPLES, ROWS[place] ?? []));
    void worker.answer(command, Uint8Array.from(rows.flatMap((row) => [...(row ?? [])])));
  };
  const lab = labOf(worker, dataset, { dataset });
  render(<LabContext value={lab}>{part}</LabContext>);
  const arrival = { split: 'train', first: 0, labels: Uint8Array.of(1, 0, 0), preview: new Uint8Array() } as const;
  const { baseUrl } = lab.dataSet.store.getState();
  await act(async () =>
    worker.say({ type: 'shardArrived', baseUrl, arrival: { ...arrival, shardsArrived: 1, shardsTotal: 2 } }),
  );
  return lab;
}

function columns(): readonly (readonly (string | null)[])[] {
  const table = screen.getByRole('table', { name: 'Columns of Trees' });
  return within(table)
    .getAllByRole('row')
    .slice(1)
    .map((row) => [row.children[0]?.textContent ?? null, row.children[2]?.textContent ?? null]);
}

const COLUMNS = [
  ['Height', '2 to 30\u202fm; where missing, 12\u202fm'],
  ['Ground', 'clay, sand and chalk; where missing, sand'],
  ['Age', '0 to 200\u202fyears'],
];

test('a table is shown by its columns and the rows of each class, without empty pictures', async () => {
  await show(<SamplesByClass />);
  expect(columns()).toEqual(COLUMNS);
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['Oak2', 'Ash1', 'Pine0']);
  expect(screen.queryByRole('img')).toBeNull();
});

test('a table that arrives shows its columns', async () => {
  await show(<Arrivals />);
  await screen.findByRole('table', { name: 'Columns of Trees' });
  expect(columns()).toEqual(COLUMNS);
});

test('a column is counted in sixteen stretches, or by category', () => {
  const [height, ground, age] = TREE_SAMPLES.fields;
  if (!height || !ground || !age) throw new Error('The table has three fields.');
  expect(columnCounts(height, [2, 2.5, 30, 99, null])).toEqual([2, ...new Array(14).fill(0), 2]);
  expect(columnCounts(ground, ['chalk', 'clay', 'chalk', null, 'lava'])).toEqual([1, 0, 2]);
  expect(columnCounts({ ...age, least: 5, most: 5 } as typeof age, [5, 5])).toEqual([2, ...new Array(15).fill(0)]);
});

test('a table has no demo, so that the projector view trains the draft', async () => {
  await show(<Present onClose={() => undefined} />);
  expect(screen.getByRole('button', { name: 'Train' })).toBeTruthy();
  expect(screen.queryByText(/demo/)).toBeNull();
});

test('rows are not offered to be flipped, moved or covered', async () => {
  await show(<RecipeForm />);
  expect(document.body.textContent).not.toMatch(/augment/i);
  expect(screen.queryByRole('button', { name: 'Flip' })).toBeNull();
  await show(<RecipePopover anchor={document.body} onClose={() => undefined} />);
  expect(screen.queryByRole('heading', { name: /Augmentation/ })).toBeNull();
  cleanup();
  await show(<RecipeForm />, SIGNS);
  expect(screen.getByRole('button', { name: 'Flip' })).toBeTruthy();
});

test('the table of runs names the data set of each', async () => {
  const lab = await show(<p />);
  const [head = '', run = ''] = runsCsv(allRuns(lab.runs.store.getState())).split(/\r?\n/);
  expect(run.split(',')[head.split(',').indexOf('data set')]).toBe('Trees');
});
