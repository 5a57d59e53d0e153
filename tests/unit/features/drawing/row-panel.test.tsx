import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cellsOf, storedRow } from '../../../../src/core/dataset/rows.ts';
import type { NumberField } from '../../../../src/core/dataset/spec.ts';
import type { Cell } from '../../../../src/core/dataset/table.ts';
import { DrawPanel } from '../../../../src/features/drawing/DrawPanel.tsx';
import { RowFields } from '../../../../src/features/drawing/RowFields.tsx';
import { createRowStore } from '../../../../src/features/drawing/typed-row.ts';
import { useDrawing } from '../../../../src/features/drawing/use-drawing.ts';
import { LabContext } from '../../../../src/features/lab.tsx';
import type { Command, DatasetSource } from '../../../../src/protocol/commands.ts';
import type { Lab } from '../../../../src/state/lab.ts';
import { TREE_SAMPLES, TREES } from '../../../fixtures/specs/table.ts';
import { FakeWorker, isAsk } from '../../state/fake-worker.ts';
import { choose } from '../../support/panel-lab.tsx';

const SOURCE: DatasetSource = { baseUrl: 'http://localhost/trees/', expected: TREES, pretrainedUrl: null };

const TRAINING: readonly (readonly Cell[])[] = [
  [10, 'clay', 30],
  [18, 'chalk', 60],
  [14, 'chalk', 61],
];
const TEST: readonly (readonly Cell[])[] = [
  [20, 'sand', 150],
  [6, 'clay', 4],
];

const row = createRowStore();
let worker: FakeWorker;
let lab: Lab;

function Panel() {
  return <DrawPanel control={useDrawing()} row={row} />;
}

function reply(command: Command) {
  if (!isAsk(command, 'images')) return;
  const { split, indices } = command.question;
  const rows = [...indices].map((place) => storedRow(TREE_SAMPLES, (split === 'train' ? TRAINING : TEST)[place] ?? []));
  const bytes = Uint8Array.from(rows.flatMap((row) => [...(row ?? [])]));
  void worker.answer(command, bytes);
}

async function arrive(split: 'train' | 'test', labels: readonly number[], shardsArrived: number) {
  const arrival = { split, first: 0, labels: Uint8Array.from(labels), preview: new Uint8Array() };
  const event = { type: 'shardArrived', baseUrl: SOURCE.baseUrl } as const;
  await act(async () => worker.say({ ...event, arrival: { ...arrival, shardsArrived, shardsTotal: 2 } }));
}

beforeEach(async () => {
  row.setState(null, true);
  worker = new FakeWorker();
  worker.onCommand = reply;
  lab = worker.lab(undefined, { sources: [SOURCE] });
  render(
    <LabContext value={lab}>
      <Panel />
    </LabContext>,
  );
  await act(async () => worker.say({ type: 'datasetOpened', baseUrl: SOURCE.baseUrl, spec: TREES }));
  await arrive('train', [0, 1, 1], 1);
  await waitFor(() => expect(asked()).toEqual([12, 'chalk', 50]));
});

afterEach(cleanup);

/** The row that the network was last asked about, as cells. */
function asked(): readonly Cell[] | undefined {
  const bytes = lab.questions.drawing.getState().pixels;
  return bytes === null ? undefined : cellsOf(TREE_SAMPLES, bytes)[0];
}

async function answer(...shares: readonly number[]) {
  const probabilities = Float32Array.from(shares);
  await act(() =>
    worker.answer(worker.asks('predict').at(-1), { run: 1, step: 30, testAccuracy: null, probabilities }),
  );
}

const press = (name: string) => act(async () => void fireEvent.click(screen.getByRole('button', { name })));

async function type(name: string, value: string) {
  const field = screen.getByRole('spinbutton', { name });
  fireEvent.change(field, { target: { value } });
  await act(async () => void fireEvent.keyDown(field, { key: 'Enter' }));
}

test('it begins with a typical row, and the network answers at once', async () => {
  expect(screen.getByText('Fill in a row; the network answers').className).toBe('source');
  expect(asked()).toEqual([12, 'chalk', 50]);
  expect(screen.getByRole('spinbutton', { name: 'Age (years)' }).getAttribute('aria-valuenow')).toBe('50');
  await answer(0.7, 0.2, 0.1);
  expect(screen.getByText('Run 1 answers').className).toBe('source');
  const bars = within(screen.getByRole('list', { name: 'Prediction' })).getAllByRole('listitem');
  expect(bars.map((bar) => bar.getAttribute('aria-label'))).toEqual(['Oak 70.0 %', 'Ash 20.0 %', 'Pine 10.0 %']);
});

test('a typed number and a chosen category are asked about', async () => {
  await type('Age (years)', '75');
  choose('Ground', 'clay');
  expect(asked()).toEqual([12, 'clay', 75]);
  await answer(0.7, 0.2, 0.1);
  expect(worker.asks('predict').length).toBeGreaterThan(1);
});

test('what may be missing takes its substitute, and what may not has no such choice', async () => {
  await press('missing Height');
  expect(asked()).toEqual([12, 'chalk', 50]);
  expect(screen.getByRole<HTMLInputElement>('spinbutton', { name: 'Height (m)' }).disabled).toBe(true);
  choose('Ground', 'missing: as sand');
  expect(asked()).toEqual([12, 'sand', 50]);
  expect(screen.queryByRole('button', { name: 'missing Age' })).toBeNull();
});

test('a test row comes with its true class, until it is changed', async () => {
  const button = screen.getByRole('button', { name: 'Take a test row' });
  expect(button.getAttribute('aria-disabled')).toBe('true');
  await arrive('test', [2, 0], 2);
  await press('Take a test row');
  expect(asked()).toEqual([20, 'sand', 150]);
  expect(screen.getByRole('status').textContent).toBe('This is test row 1; its class is Pine.');
  await answer(0.7, 0.2, 0.1);
  expect(screen.getByRole('listitem', { name: 'Pine 10.0 %, the true class' })).toBeTruthy();
  await type('Age (years)', '3');
  expect(screen.getByRole('status').textContent).toBe('Changed from test row 1, whose class is Pine.');
  expect(screen.queryByRole('listitem', { name: /the true class/ })).toBeNull();
  await press('Take a test row');
  expect(screen.getByRole('status').textContent).toBe('This is test row 2; its class is Oak.');
  await press('Typical row');
  expect(asked()).toEqual([12, 'chalk', 50]);
});

test('a number outside of the training rows is told, and the answer is called a guess', async () => {
  await answer(0.7, 0.2, 0.1);
  expect(screen.queryByText(/a network only guesses/)).toBeNull();
  await type('Height (m)', '60');
  await answer(0.7, 0.2, 0.1);
  expect(screen.getByText(/^Height is 60.m; the training rows have 2.m to 30.m\./)).toBeTruthy();
  expect(screen.getByText('Perhaps Oak').tagName).toBe('B');
});

test('the nearest training rows come with class, distance and cells', async () => {
  await waitFor(() => expect(worker.asks('pixelNeighbours')).toHaveLength(1), { timeout: 3000 });
  const found = {
    searched: 3,
    indices: Uint32Array.of(2, 0),
    distances: Float32Array.of(0.25, 1.5),
    labels: Uint8Array.of(1, 0),
  };
  await act(() => worker.answer(worker.asks('pixelNeighbours')[0], found));
  const rows = within(await screen.findByRole('table', { name: 'Nearest training rows' })).getAllByRole('row');
  const texts = rows.map((row) => Array.from(row.children, ({ textContent }) => textContent));
  expect(texts[0]).toEqual(['Class', 'Distance', 'Height (m)', 'Ground', 'Age (years)']);
  expect(texts[1]).toEqual(['Ash', '0.25', '14', 'chalk', '61']);
  expect(texts[2]).toEqual(['Oak', '1.50', '10', 'clay', '30']);
});

test('of very many columns a page is shown', () => {
  cleanup();
  const fields = Array.from({ length: 1000 }, (_, i) => numberFieldNamed(`column ${i}`));
  const changed: [number, Cell][] = [];
  const samples = { ...TREE_SAMPLES, fields };
  render(
    <RowFields
      samples={samples}
      cells={fields.map(() => 1)}
      whole={fields.map(() => true)}
      onChange={(column, cell) => changed.push([column, cell])}
    />,
  );
  expect(screen.getAllByLabelText(/^column \d+$/)).toHaveLength(24);
  expect(screen.getByRole('status').textContent).toBe('Columns 1 to 24 of 1,000');
  fireEvent.click(screen.getByRole('button', { name: 'Next' }));
  expect(screen.getByLabelText('column 24')).toBeDefined();
  expect(screen.queryByLabelText('column 23')).toBeNull();
  fireEvent.change(screen.getByLabelText('column 24'), { target: { value: '3' } });
  fireEvent.blur(screen.getByLabelText('column 24'));
  expect(changed.at(-1)?.[0]).toBe(24);
});

function numberFieldNamed(name: string): NumberField {
  return { kind: 'number', name, unit: '', least: 0, most: 10, standardised: null, fill: null };
}
