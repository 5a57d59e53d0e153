import { act, cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StorageChip } from '../../../../src/features/header/StorageChip.tsx';
import type { StorageProblem } from '../../../../src/state/storage.ts';
import { PanelLab, press } from '../../support/panel-lab.tsx';

let page: PanelLab;
beforeEach(() => {
  page = new PanelLab();
  page.show(<StorageChip />);
});
afterEach(cleanup);

const said = () => screen.getByRole('status', { name: 'Storage' }).textContent;
const report = (problem: StorageProblem) => act(() => page.lab.storage.report(problem));
const know = (runs: number, checkpoint: number) =>
  act(() => {
    page.lab.storage.store.setState({ runs });
    page.lab.storage.count({ checkpoint });
  });

test('is quiet while all is well: how many runs, and how much they take', () => {
  expect(said()).toBe('Kept runs are being read');
  know(0, 0);
  expect(said()).toBe('No runs kept yet, 0 KB');
  know(1, 17_500);
  expect(said()).toBe('1 run kept, 18 KB');
  know(3, 4_200_000);
  expect(said()).toBe('3 runs kept, 4.2 MB');
  expect(screen.getByRole('button').textContent).toBe('');
});

test('opens what is kept, how much room there is and whether the browser has promised to keep it', () => {
  know(3, 4_200_000);
  act(() => page.lab.storage.store.setState({ room: { used: 31e6, quota: 2.3e9 }, isPersistent: false }));
  press('What is kept');
  const dialog = within(screen.getByRole('dialog', { name: 'What is kept' }));
  expect(dialog.getByText('Weights of runs').nextSibling?.textContent).toBe('4.2 MB');
  expect(dialog.getByText(/gives this page 2.3 GB, of which 31.0 MB are in use/)).toBeTruthy();
  expect(dialog.getByText(/may clear all of it when the disk is full/)).toBeTruthy();
});

test.each<readonly [StorageProblem, string, string]>([
  [{ kind: 'unavailable' }, 'Nothing is kept', 'gives the page no storage'],
  [{ kind: 'newerDatabase' }, 'Nothing is kept', 'keeps nothing.'],
  [{ kind: 'elsewhere' }, 'Runs are not kept', 'Another tab keeps the runs.'],
  [{ kind: 'late' }, 'Runs are not kept', 'before the runs of earlier visits could be read'],
  [{ kind: 'full', what: 'run' }, 'Storage is full', 'the newest changes of runs are not kept.'],
  [{ kind: 'failed', what: 'draft', message: 'Disk error.' }, 'Not kept', 'The browser says: Disk error.'],
  [{ kind: 'newer', what: 'draft', count: 1 }, 'Newer data', 'One draft is stored by a newer version'],
  [{ kind: 'unreadable', what: 'run', count: 2 }, 'Unreadable data', '2 runs are stored in a form that cannot be read'],
  [{ kind: 'tooHeavy', runs: [4] }, 'Weights too large', 'The weights of run 4 are too large to be kept.'],
  [{ kind: 'gaveWay', runs: [3, 1, 2] }, 'Old weights dropped', 'The weights of runs 1, 2 and 3 were dropped'],
])('says what is not kept, and why: %j', (problem, brief, sentence) => {
  report(problem);
  expect(said()).toContain(sentence);
  expect(said()).not.toContain('are being read');
  press(brief);
  expect(screen.getByRole('dialog', { name: 'What is kept' }).textContent).toContain(sentence);
});

test('shows first what is being lost, says everything, and is quiet again once that is over', () => {
  know(1, 17_500);
  report({ kind: 'unreadable', what: 'run', count: 2 });
  report({ kind: 'full', what: 'checkpoint' });
  expect(screen.getByRole('button', { name: 'Storage is full' })).toBeTruthy();
  expect(said()).toMatch(/2 runs are stored.*no more room.*1 run kept, 18 KB/);
  report({ kind: 'unreadable', what: 'run', count: 3 });
  act(() => page.lab.storage.succeed('checkpoint'));
  expect(screen.getByRole('button', { name: 'Unreadable data' })).toBeTruthy();
  expect(said()).not.toMatch(/2 runs|no more room/);
});
