import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { DatasetSpec } from '../../../../src/core/dataset/spec.ts';
import type { Evaluation } from '../../../../src/core/evaluation/evaluation.ts';
import { LabContext } from '../../../../src/features/lab.tsx';
import { ResultsPanel } from '../../../../src/features/results/ResultsPanel.tsx';
import type { ResultsTab } from '../../../../src/features/results/tabs.ts';
import { SIGNS, WEATHER } from '../../../fixtures/specs/datasets.ts';
import { evaluationOf } from '../../core/support/evaluation.ts';
import { FakeWorker } from '../../state/fake-worker.ts';
import { labOf } from './lab-of.ts';

afterEach(cleanup);

/** Six dry days and two of rain, with the probability of rain that each was given. */
const DAYS = evaluationOf(
  [
    [0, 0, 0.95],
    [0, 0, 0.9],
    [0, 0, 0.85],
    [0, 0, 0.8],
    [0, 0, 0.65],
    [0, 1, 0.55],
    [1, 0, 0.6],
    [1, 1, 0.9],
  ],
  5,
  2,
);

async function show(dataset: DatasetSpec, evaluation: Evaluation, first: ResultsTab = 'report') {
  const lab = labOf(new FakeWorker(), dataset, { dataset, test: evaluation });
  const page = (tab: ResultsTab) => (
    <LabContext value={lab}>
      <ResultsPanel tab={tab} onTab={() => undefined} draw={null} />
    </LabContext>
  );
  const { rerender } = render(page(first));
  await screen.findByRole('radiogroup', { name: 'Measured on' });
  await act(async () => undefined);
  return (tab: ResultsTab) => rerender(page(tab));
}

const slider = () => screen.getByRole<HTMLInputElement>('slider', { name: 'Threshold' });
const moveTo = (threshold: number) => fireEvent.change(slider(), { target: { value: String(1000 * threshold) } });
const choosePositive = (index: number) => {
  const select = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Positive class' });
  select.selectedIndex = index;
  fireEvent.change(select);
};
/** Precision, recall and support of a class. */
const rowOf = (name: string) => {
  const table = screen.getByRole('table', { name: 'Classification report' });
  const row = within(table).getByRole('rowheader', { name }).closest('tr');
  return within(row ?? table)
    .getAllByRole('cell')
    .map(({ textContent }) => textContent);
};
const cells = () =>
  within(screen.getByRole('table', { name: 'Confusion matrix' }))
    .getAllByRole('button')
    .map((button) => button.getAttribute('aria-label'));

test('the threshold moves the report, its headline and the matrix of two classes', async () => {
  const turnTo = await show(WEATHER, DAYS);
  expect(slider().getAttribute('aria-valuetext')).toBe('0.50');
  expect(screen.getByText('accuracy at threshold 0.50').parentElement?.textContent).toContain('75.0');
  expect(rowOf('Rain').slice(0, 2)).toEqual(['0.500', '0.500']);
  moveTo(0.4);
  expect(screen.getByText('accuracy at threshold 0.40').parentElement?.textContent).toContain('87.5');
  expect(rowOf('Rain').slice(0, 2)).toEqual(['0.667', '1.000']);
  expect(screen.getByText(/^A row counts as Rain if its probability is at least 0.40/)).toBeDefined();
  turnTo('confusion');
  expect(slider().getAttribute('aria-valuetext')).toBe('0.40');
  expect(cells()).toEqual([
    'True Dry, predicted Dry: 5',
    'True Dry, predicted Rain: 1',
    'True Rain, predicted Dry: 0',
    'True Rain, predicted Rain: 2',
  ]);
  moveTo(0.6);
  expect(cells()).toContain('True Dry, predicted Dry: 6');
  turnTo('mistakes');
  expect(screen.getByText('1 mistakes in 8 rows at threshold 0.60')).toBeDefined();
  turnTo('confusion');
  fireEvent.click(screen.getByRole('button', { name: 'True Rain, predicted Dry: 1' }));
  expect(screen.getByRole('region', { name: 'Rows of the selected cell' }).textContent).toContain('1 row');
});

test('the threshold is moved by keys, and goes back', async () => {
  await show(WEATHER, DAYS);
  fireEvent.keyDown(slider(), { key: 'ArrowRight' });
  expect(slider().getAttribute('aria-valuetext')).toBe('0.51');
  fireEvent.keyDown(slider(), { key: 'ArrowLeft', shiftKey: true });
  expect(slider().getAttribute('aria-valuetext')).toBe('0.41');
  fireEvent.click(screen.getByRole('button', { name: 'Back to 0.5' }));
  expect(slider().getAttribute('aria-valuetext')).toBe('0.50');
  expect(screen.queryByRole('button', { name: 'Back to 0.5' })).toBeNull();
});

test('with the other class as the positive one the threshold is about its probability', async () => {
  await show(WEATHER, DAYS);
  choosePositive(0);
  moveTo(0.9);
  expect(rowOf('Dry').slice(0, 2)).toEqual(['1.000', '0.333']);
  expect(screen.getByRole('img', { name: /^ROC curve of Dry, area 0\.\d+: at the threshold 0\.90/ })).toBeDefined();
});

test('a threshold moved on the test set is told to be chosen wrongly', async () => {
  await show(WEATHER, DAYS);
  const warning = () => screen.queryByText('This threshold was chosen by looking at the test set.');
  expect(warning()).toBeNull();
  moveTo(0.4);
  expect(warning()?.parentElement?.textContent).toContain('choose it on the validation rows');
  fireEvent.click(screen.getByRole('button', { name: 'Back to 0.5' }));
  expect(warning()).toBeNull();
});

test('the curves have their areas, the point of the threshold, and counts', async () => {
  await show(WEATHER, DAYS);
  const roc = screen.getByRole('img', { name: /^ROC curve of Rain/ });
  expect(roc.getAttribute('aria-label')).toContain('area 0.917: at the threshold 0.50 a true positive rate of 50.0');
  expect(screen.getByText(/Area 0\.917: take a row of Rain/)).toBeDefined();
  expect(screen.getByRole('img', { name: /^Precision-recall curve of Rain, average precision 0\.833/ })).toBeDefined();
  const bins = within(screen.getByRole('table', { name: 'Calibration' }))
    .getAllByRole('row')
    .slice(1);
  const counts = bins.map((bin) => Number(within(bin).getAllByRole('cell')[1]?.textContent));
  expect(counts.reduce((total, count) => total + count, 0)).toBe(8);
  expect(screen.getByText(/^25\.0.% of these rows are of/).textContent).toContain('would be right for 75.0');
});

test('of several classes one is looked at against the rest, when asked for, and the report stays as it is', async () => {
  const signs = evaluationOf(
    [0, 1, 2, 3, 3].map((label) => [label, label === 2 ? 3 : label, 0.7]),
    100,
    4,
  );
  const turnTo = await show(SIGNS, signs);
  expect(screen.queryByRole('slider', { name: 'Threshold' })).toBeNull();
  const before = rowOf('No entry');
  const part = screen.getByText('One class against the rest').closest('details');
  if (part === null) throw new Error('There is no part to open.');
  part.open = true;
  fireEvent(part, new Event('toggle'));
  choosePositive(3);
  expect(screen.getByText(/^At 0\.50 the network/).textContent).toContain('finds 2 of the 2 photos of No entry');
  moveTo(0.8);
  expect(screen.getByText(/^At 0\.80 the network/).textContent).toContain('finds 0 of the 2 photos of No entry');
  expect(rowOf('No entry')).toEqual(before);
  turnTo('confusion');
  expect(screen.queryByRole('slider', { name: 'Threshold' })).toBeNull();
});
