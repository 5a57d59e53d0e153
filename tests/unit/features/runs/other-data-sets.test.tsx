import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, test } from 'vitest';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { LabContext } from '../../../../src/features/lab.tsx';
import { shownOfRuns } from '../../../../src/features/present/shown.ts';
import { CompareDialog } from '../../../../src/features/runs/CompareDialog.tsx';
import { RunsTable } from '../../../../src/features/runs/RunsTable.tsx';
import { Continue } from '../../../../src/features/training/Continue.tsx';
import type { Lab } from '../../../../src/state/lab.ts';
import { allRuns } from '../../../../src/state/runs.ts';
import { SIGNS, WEATHER } from '../../../fixtures/specs/datasets.ts';
import { FASHION_SOURCE, FakeWorker } from '../../state/fake-worker.ts';
import { labOf } from '../results/lab-of.ts';

afterEach(cleanup);

const [signs, garments, weather] = [SIGNS, FASHION_MNIST, WEATHER].map((dataset) => ({ dataset }));

/** A lab with Road signs open; runs 4 and 2 are of them, 3 is of another data set, and that of 1 is nowhere to be had. */
function mixed(): Lab {
  if (!signs || !garments || !weather) throw new Error('There are three data sets.');
  const lab = labOf(new FakeWorker(), SIGNS, signs, garments, signs, weather);
  lab.dataSet.know([FASHION_SOURCE]);
  return lab;
}

function show(lab: Lab, part: ReactNode) {
  render(<LabContext value={lab}>{part}</LabContext>);
}

const rowOf = (run: number) => screen.getByRole('button', { name: `Pin run ${run}` }).closest('tr')?.textContent;

test('the table names the data set of runs of another one, and tells changes within one only', () => {
  show(mixed(), <RunsTable />);
  expect(rowOf(3)).toContain('Fashion-MNIST · preset unchanged');
  expect(rowOf(1)).toContain('Rain tomorrow · preset unchanged');
  expect(rowOf(4)).toContain('nothing changed');
  expect(rowOf(4)).not.toContain('Road signs ·');
});

test('a run of another data set brings it back with the draft', () => {
  const lab = mixed();
  show(lab, <RunsTable />);
  expect(screen.getByRole('button', { name: 'Restore the model and recipe of run 2' })).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Restore the data set, model and recipe of run 3' }));
  expect(lab.draft.store.getState().dataset).toBe(FASHION_MNIST);
});

test('a run whose data set is not there any more can be read, and a sentence says why it is not restored', () => {
  const lab = mixed();
  const draft = lab.draft.store.getState();
  show(lab, <RunsTable />);
  const button = screen.getByRole('button', { name: 'Restore the data set, model and recipe of run 1' });
  expect(button.getAttribute('aria-disabled')).toBe('true');
  expect(button.getAttribute('aria-description')).toBe('Rain tomorrow is not in this browser any more.');
  fireEvent.click(button);
  expect(lab.draft.store.getState()).toBe(draft);
});

test('only runs of one data set can be chosen for a comparison, and a sentence says why', () => {
  show(mixed(), <CompareDialog onClose={() => undefined} />);
  const dialog = within(screen.getByRole('dialog', { name: 'Compare runs' }));
  const chip = (run: number) => dialog.getByRole<HTMLButtonElement>('button', { name: new RegExp(`${run}$`) });
  expect([4, 2].map((run) => chip(run).getAttribute('aria-pressed'))).toEqual(['true', 'true']);
  expect([3, 1].map((run) => chip(run).disabled)).toEqual([true, true]);
  expect(
    dialog.getByText(
      'Runs on Fashion-MNIST and Rain tomorrow cannot be compared with runs on Road signs: the classes are different.',
    ),
  ).toBeDefined();
  fireEvent.click(chip(4));
  fireEvent.click(chip(2));
  expect(chip(3).disabled).toBe(false);
  fireEvent.click(chip(3));
  expect([4, 2, 1].map((run) => chip(run).disabled)).toEqual([true, true, true]);
});

test('the projector puts runs of one data set side by side', () => {
  const runs = allRuns(mixed().runs.store.getState());
  expect(shownOfRuns(runs).map(({ run }) => run?.number)).toEqual([2, 4]);
});

test('a run goes on only where its data set is open', () => {
  const lab = mixed();
  const { current, earlier } = lab.runs.store.getState();
  const other = earlier[0];
  if (current === null || other === undefined) throw new Error('There are four runs.');
  show(lab, <Continue run={other} />);
  const button = screen.getByRole('button', { name: /^Continue to epoch/ });
  expect(button.getAttribute('aria-description')).toBe('This run used Fashion-MNIST, but another data set is open.');
  cleanup();
  show(lab, <Continue run={current} />);
  expect(screen.getByRole('button', { name: /^Continue to epoch/ }).getAttribute('aria-disabled')).toBeNull();
});
