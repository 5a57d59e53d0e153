import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { storedRow } from '../../../../src/core/dataset/rows.ts';
import type { Cell } from '../../../../src/core/dataset/table.ts';
import { LabContext } from '../../../../src/features/lab.tsx';
import { MapView } from '../../../../src/features/results/MapView.tsx';
import { MistakesPanel } from '../../../../src/features/results/MistakesPanel.tsx';
import type { Command } from '../../../../src/protocol/commands.ts';
import { TREE_SAMPLES, TREES } from '../../../fixtures/specs/table.ts';
import { evaluationOf } from '../../core/support/evaluation.ts';
import { FakeWorker, isAsk } from '../../state/fake-worker.ts';
import { choose } from '../../support/panel-lab.tsx';
import { labOf } from './lab-of.ts';

const ROWS: readonly (readonly Cell[])[] = [
  [20, 'sand', 150],
  [6, 'clay', 4],
  [11, 'chalk', 80],
  [9, 'clay', 12],
];

/** Three of four trees are taken for another, the first most surely. */
const TEST = evaluationOf(
  [
    [0, 1, 0.9],
    [1, 1, 0.8],
    [2, 0, 0.7],
    [2, 1, 0.6],
  ],
  0,
  3,
);

let worker: FakeWorker;

beforeEach(() => {
  worker = new FakeWorker();
  worker.onCommand = reply;
});

afterEach(cleanup);

function reply(command: Command) {
  if (!isAsk(command, 'images')) return;
  const rows = [...command.question.indices].map((place) => storedRow(TREE_SAMPLES, ROWS[place] ?? []));
  void worker.answer(command, Uint8Array.from(rows.flatMap((row) => [...(row ?? [])])));
}

async function show(panel: ReactNode, ...others: readonly (typeof TEST)[]) {
  const runs = [TEST, ...others].map((test) => ({ dataset: TREES, test }));
  render(<LabContext value={labOf(worker, TREES, ...runs)}>{panel}</LabContext>);
  await act(async () => undefined);
}

const texts = (table: HTMLElement) =>
  within(table)
    .getAllByRole('row')
    .map((row) => Array.from(row.children, ({ textContent }) => textContent));

test('mistakes are rows with what they are, what the network said, how sure it was, and all cells', async () => {
  await show(<MistakesPanel />);
  expect(texts(screen.getByRole('table', { name: 'Trees, test rows' }))).toEqual([
    ['True', 'Said', 'Sure', 'Height (m)', 'Ground', 'Age (years)'],
    ['Oak', 'Ash', '90.0\u202f%', '20', 'sand', '150'],
    ['Pine', 'Oak', '70.0\u202f%', '11', 'chalk', '80'],
    ['Pine', 'Ash', '60.0\u202f%', '9', 'clay', '12'],
  ]);
});

test('a press on a head sorts by its column, and a second one the other way', async () => {
  await show(<MistakesPanel />);
  const table = screen.getByRole('table', { name: 'Trees, test rows' });
  const ages = () =>
    texts(table)
      .slice(1)
      .map((row) => row.at(-1));
  fireEvent.click(screen.getByRole('button', { name: 'Age (years)' }));
  expect(ages()).toEqual(['150', '80', '12']);
  expect(screen.getByRole('columnheader', { name: 'Age (years)' }).getAttribute('aria-sort')).toBe('descending');
  fireEvent.click(screen.getByRole('button', { name: 'Age (years)' }));
  expect(ages()).toEqual(['12', '80', '150']);
  fireEvent.click(screen.getByRole('button', { name: 'Said' }));
  expect(
    texts(table)
      .slice(1)
      .map(([, said]) => said),
  ).toEqual(['Oak', 'Ash', 'Ash']);
});

test('a row opens with its cells and its nearest training rows, and the next one is that of the order on screen', async () => {
  await show(<MistakesPanel />);
  fireEvent.click(screen.getByRole('button', { name: 'Age (years)' }));
  fireEvent.click(screen.getByRole('button', { name: 'Age (years)' }));
  fireEvent.click(screen.getByRole('button', { name: 'Pine taken for Ash, 60 % sure' }));
  const dialog = await screen.findByRole('dialog', { name: 'Pine, test row 3' });
  const cells = within(dialog).getByRole('table', { name: 'The row' });
  expect(texts(cells)).toEqual([
    ['Height', '9\u202fm'],
    ['Ground', 'clay'],
    ['Age', '12\u202fyears'],
  ]);
  const found = {
    searched: 4,
    indices: Uint32Array.of(2, 0),
    distances: Float32Array.of(0.5, 1.25),
    labels: Uint8Array.of(2, 0),
  };
  await act(() => worker.answer(worker.asks('pixelNeighbours').at(-1), found));
  await act(async () => undefined);
  expect(within(dialog).getByRole('heading', { name: 'Nearest training rows, value by value' })).toBeTruthy();
  expect(texts(within(dialog).getByRole('table', { name: 'Nearest training rows' }))).toEqual([
    ['Class', 'Distance', 'Height (m)', 'Ground', 'Age (years)'],
    ['Pine', '0.50', '11', 'chalk', '80'],
    ['Oak', '1.25', '20', 'sand', '150'],
  ]);
  fireEvent.click(within(dialog).getByRole('button', { name: 'Next' }));
  expect(await screen.findByRole('dialog', { name: 'Pine, test row 2' })).toBeTruthy();
});

test('what several runs get wrong is listed with how many did', async () => {
  const other = evaluationOf(
    [
      [0, 1, 0.5],
      [1, 1, 0.5],
      [2, 2, 0.5],
      [2, 0, 0.5],
    ],
    0,
    3,
  );
  await show(<MistakesPanel />, other);
  choose('Show', 'wrong in several runs');
  expect(texts(screen.getByRole('table', { name: 'Trees, test rows' })).map((row) => row.slice(0, 3))).toEqual([
    ['True', 'Said', 'Runs'],
    ['Oak', 'Ash', '2 of 2'],
    ['Pine', 'Oak', '1 of 2'],
  ]);
});

test('a map leads to rows', async () => {
  const map = {
    points: Float32Array.of(0, 0, 1, 1, 5, 5, 9, 9),
    explained: null,
    by: { run: 1, step: 3, testAccuracy: null },
    layer: { position: 0, name: 'Dense 1', width: 2 },
    predicted: Uint8Array.of(0, 0, 0, 0),
    method: 'umap',
  } as const;
  await show(<MapView dataset={TREES} map={map} />);
  expect(screen.queryByRole('img', { name: /loading/ })).toBeNull();
  const table = screen.getByRole('table', { name: 'Nearest on the map' });
  expect(
    texts(table)
      .slice(0, 3)
      .map((row) => row.slice(1)),
  ).toEqual([
    ['Height (m)', 'Ground', 'Age (years)'],
    ['20', 'sand', '150'],
    ['6', 'clay', '4'],
  ]);
});
