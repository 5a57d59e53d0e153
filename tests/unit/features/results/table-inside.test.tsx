import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rowValues, storedRow } from '../../../../src/core/dataset/rows.ts';
import type { DatasetSpec } from '../../../../src/core/dataset/spec.ts';
import type { Cell } from '../../../../src/core/dataset/table.ts';
import type { NetworkInspection } from '../../../../src/core/explaining/inspection.ts';
import { LabContext } from '../../../../src/features/lab.tsx';
import { InsidePanel } from '../../../../src/features/results/InsidePanel.tsx';
import { NOT_LOOKED } from '../../../../src/features/results/looking.ts';
import type { Command, DatasetSource } from '../../../../src/protocol/commands.ts';
import type { Lab } from '../../../../src/state/lab.ts';
import { newRun } from '../../../../src/state/run.ts';
import { TREE_SAMPLES, TREES } from '../../../fixtures/specs/table.ts';
import { FakeWorker, isAsk } from '../../state/fake-worker.ts';
import { choose } from '../../support/panel-lab.tsx';
import { settled } from '../../support/turns.ts';

const ROWS: readonly (readonly Cell[])[] = Array.from({ length: 30 }, (_, i) => [
  2 + (i % 29),
  ['clay', 'sand', 'chalk'][i % 3] ?? null,
  (7 * i) % 201,
]);

const WIDTH = 5;

/** Oak where the tree is old: a probability of a tenth for each twenty years. Ash and pine share the rest. */
function oakAt(age: number): number {
  return age / 200;
}

const INSPECTION: NetworkInspection = {
  by: { run: 1, step: 30, testAccuracy: null },
  first: {
    name: 'Dense 1',
    unit: 'class',
    tiles: null,
    columns: { units: 3, values: Float32Array.of(0.5, 0, 0, 1, 0, 0, -2, 0, 0, 0.25, 0, 0, 0, -3, 0) },
  },
  layers: [{ id: 'dense', name: 'Dense 1', position: 0, shape: [3], activation: 'softmax' }],
  layer: { id: 'dense', name: 'Dense 1', position: 0, shape: [3], activation: 'softmax' },
  seen: { count: 3, height: 1, width: 1, values: Float32Array.of(0.2, 0.3, 0.5) },
  maps: [],
  attention: [],
};

let worker: FakeWorker;
let lab: Lab;

function Panel() {
  const [looking, setLooking] = useState(NOT_LOOKED);
  return <InsidePanel looking={looking} onLooking={setLooking} />;
}

function reply(command: Command) {
  if (isAsk(command, 'images')) {
    const rows = [...command.question.indices].map((place) => storedRow(TREE_SAMPLES, ROWS[place] ?? []));
    void worker.answer(command, Uint8Array.from(rows.flatMap((row) => [...(row ?? [])])));
  }
  if (isAsk(command, 'inspect')) void worker.answer(command, INSPECTION);
  if (isAsk(command, 'predictMany')) {
    const values = rowValues(TREE_SAMPLES, command.question.pixels);
    const oaks = Array.from({ length: values.length / WIDTH }, (_, i) => oakAt(values[i * WIDTH + 4] ?? 0));
    const probabilities = Float32Array.from(oaks.flatMap((oak) => [oak, (1 - oak) / 2, (1 - oak) / 2]));
    void worker.answer(command, { run: 1, step: 30, testAccuracy: null, probabilities });
  }
}

/** All rows arrive, in both splits; the true classes of the test rows are what the network says of them. */
async function open(dataset: DatasetSpec = TREES) {
  const source: DatasetSource = { baseUrl: 'http://localhost/trees/', expected: dataset, pretrainedUrl: null };
  worker = new FakeWorker();
  worker.onCommand = reply;
  lab = worker.lab(undefined, { sources: [source] });
  const { baseUrl } = source;
  const labels = Uint8Array.from(ROWS, ([, , age]) => (oakAt(Number(age)) > 1 / 3 ? 0 : 1));
  worker.say({ type: 'datasetOpened', baseUrl, spec: dataset });
  for (const [shardsArrived, split] of [
    [1, 'train'],
    [2, 'test'],
  ] as const) {
    const arrival = { split, first: 0, labels, preview: new Uint8Array(), shardsArrived, shardsTotal: 2 };
    worker.say({ type: 'shardArrived', baseUrl, arrival });
  }
  render(
    <LabContext value={lab}>
      <Panel />
    </LabContext>,
  );
  await screen.findByRole('heading', { name: 'Decision regions of two columns' }, { timeout: 10_000 });
  await act(settled);
}

beforeEach(() => open());

afterEach(cleanup);

/** Each column of the row that is looked at, with its cell. */
function rowShown(): readonly string[] {
  const rows = within(screen.getByRole('table', { name: 'The row' })).getAllByRole('row');
  return rows.map((row) => Array.from(row.children, ({ textContent }) => textContent).join(' '));
}

test('the row that is looked at stands on top, with its cells', () => {
  expect(rowShown()).toEqual(['Height 2\u202fm', 'Ground clay', 'Age 0\u202fyears']);
  expect(screen.getByRole('status').textContent).toBe('Test row 1 of 30, labelled Ash');
  expect(screen.queryByText(/pixel|image|picture|drawing/i)).toBeNull();
});

test('weights are listed by column, of all classes by size and of one with their signs', () => {
  const bars = () => within(screen.getByRole('list', { name: 'Weights of Dense 1' })).getAllByRole('listitem');
  expect(bars().map(({ textContent }) => textContent)).toEqual([
    'Age  1.000',
    'Ground',
    'clay  0.333',
    'sand  0.667',
    'chalk  0.083',
    'Height  0.167',
  ]);
  choose('Weights of', 'Oak');
  expect(bars().map(({ textContent }) => textContent)).toEqual([
    'Ground',
    'clay  1.000',
    'sand  −2.000',
    'chalk  0.250',
    'Height  0.500',
    'Age  0.000',
  ]);
  expect(screen.getByText(/^Above 0, more of a column makes Oak more likely/)).toBeTruthy();
});

test('what the answers rely on is the column that they are made from', async () => {
  const list = await screen.findByRole('list', { name: 'What the answers rely on' });
  const [first, ...others] = within(list).getAllByRole('listitem');
  expect(first?.textContent).toMatch(/^Age {2}\d\d\.\d.pt$/);
  expect(others.map(({ textContent }) => textContent)).toEqual(['Height  0.0\u202fpt', 'Ground  0.0\u202fpt']);
});

test('the answer is drawn along a column of numbers, and as bars for categories', async () => {
  choose('Column', 'Age');
  choose('Probability of', 'Oak');
  expect(
    await screen.findByRole('img', { name: /^Probability of Oak by Age: 0\.0.% at 0.years, 100\.0.% at 200.years$/ }),
  ).toBeTruthy();
  expect(screen.getByText(/^Across its range, Age changes the probability of Oak by 100\.0.pt\./)).toBeTruthy();
  choose('Column', 'Ground');
  const bars = within(await screen.findByRole('list', { name: 'Probability of Oak by Ground' })).getAllByRole(
    'listitem',
  );
  expect(bars).toHaveLength(3);
  expect(new Set(bars.map((bar) => bar.getAttribute('aria-label')?.replace(/^\w+ /, ''))).size).toBe(1);
  expect(screen.getByText(/^The probability of Oak hardly depends on Ground\./)).toBeTruthy();
});

test('regions are those of the answers, asked in one request of 60 by 60 rows', () => {
  // Oak is the likeliest from a third of 200 years on: 40 of 60 lines.
  expect(
    screen.getByRole('img', {
      name: 'Decision regions by Height and Age: Oak in 67\u202f% and Ash in 33\u202f% of the picture',
    }),
  ).toBeTruthy();
  const sizes = worker.asks('predictMany').map(({ question }) => question.pixels.length / (4 * WIDTH));
  expect(sizes).toContain(3600);
  expect(screen.getByText(/Ground is as in a typical row everywhere/)).toBeTruthy();
});

test('the other columns can be as in the row that is looked at', async () => {
  fireEvent.click(screen.getByRole('radio', { name: 'This row' }));
  await waitFor(() => {
    const last = worker.asks('predictMany').at(-1)?.question.pixels ?? new Uint8Array();
    expect([...rowValues(TREE_SAMPLES, last).subarray(1, 4)]).toEqual([1, 0, 0]);
  });
  expect(screen.getByText(/Ground is as in this row everywhere/)).toBeTruthy();
});

test('a table without two columns of numbers says why it has no picture', async () => {
  cleanup();
  const fields = TREE_SAMPLES.fields.map((field) => (field.name === 'Age' ? { ...field, least: 7, most: 7 } : field));
  await open({ ...TREES, id: 'bushes', samples: { ...TREE_SAMPLES, fields } });
  expect(screen.getByText('A picture of regions needs two columns of numbers, and this table has one.')).toBeTruthy();
});

test('while a network trains it is asked about many rows only as it begins, and again when it rests', async () => {
  const run = { ...newRun(7, lab.draft.store.getState(), 'Trees'), stepsPerEpoch: 10 };
  const at = (step: number, phase: 'training' | 'paused') =>
    act(async () => {
      lab.runs.store.setState({
        current: { ...run, phase, losses: new Float32Array(step) },
        earlier: [],
        lastNumber: 7,
      });
      await settled();
    });
  const asked = () => worker.asks('predictMany').length;
  await at(1, 'training');
  const before = asked();
  expect(screen.getByText(/^What follows is of the network as it was a moment ago/)).toBeTruthy();
  await at(25, 'training');
  expect(asked()).toBe(before);
  await at(30, 'paused');
  expect(asked()).toBe(before + 3);
  expect(screen.queryByText(/^What follows is/)).toBeNull();
});

test('the row in the form can be looked at', async () => {
  await act(async () => lab.questions.show(storedRow(TREE_SAMPLES, [9, 'sand', 77])));
  await act(async () => void fireEvent.click(screen.getByRole('radio', { name: 'Your row' })));
  await waitFor(() => expect(rowShown()).toEqual(['Height 9\u202fm', 'Ground sand', 'Age 77\u202fyears']));
});
