import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { SHIPPED_FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/shipped.ts';
import { LabContext } from '../../../../src/features/lab.tsx';
import { RunsTable } from '../../../../src/features/runs/RunsTable.tsx';
import { draftOf } from '../../../../src/state/draft.ts';
import { newRun } from '../../../../src/state/run.ts';
import { FakeWorker } from '../../state/fake-worker.ts';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function showRuns(count: number) {
  // Rows of 20 pixels in a box of 100.
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(20);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(100);
  const lab = new FakeWorker().lab();
  const draft = draftOf(SHIPPED_FASHION_MNIST.presets[0], 1);
  const earlier = Array.from({ length: count }, (_, i) => newRun(count - i, draft, 'CNN'));
  lab.runs.store.setState({ current: null, earlier, lastNumber: count });
  render(
    <LabContext value={lab}>
      <RunsTable />
    </LabContext>,
  );
}

const table = () => screen.getByRole('table', { name: 'Runs' });
const shown = () =>
  screen.getAllByRole('button', { name: /^Pin run/ }).map((button) => button.getAttribute('aria-label'));

test('of many runs only those in view are drawn, and their places are told', () => {
  showRuns(60);
  expect(table().getAttribute('aria-rowcount')).toBe('61');
  expect(shown().length).toBeLessThan(20);
  expect(shown()[0]).toBe('Pin run 60');
  const wrap = table().closest('.runs-wrap');
  if (wrap === null) throw new Error('Nothing scrolls the runs.');
  wrap.scrollTop = 600;
  act(() => void fireEvent.scroll(wrap));
  expect(shown()).toContain('Pin run 30');
  expect(shown()).not.toContain('Pin run 60');
  expect(screen.getByRole('button', { name: 'Pin run 30' }).closest('tr')?.getAttribute('aria-rowindex')).toBe('32');
  wrap.scrollTop = 1100;
  act(() => void fireEvent.scroll(wrap));
  expect(shown().at(-1)).toBe('Pin run 1');
});

test('of a few runs all are drawn', () => {
  showRuns(16);
  expect(shown()).toHaveLength(16);
});
