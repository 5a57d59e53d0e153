import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { LabContext } from '../../../../src/features/lab.tsx';
import { ReportPanel } from '../../../../src/features/results/ReportPanel.tsx';
import { withoutAnswers } from '../../../../src/state/run.ts';
import { BY_LABEL } from '../../../../src/ui/matrix/report-order.ts';
import { WEATHER } from '../../../fixtures/specs/datasets.ts';
import { evaluationOf } from '../../core/support/evaluation.ts';
import { FakeWorker } from '../../state/fake-worker.ts';
import { labOf } from './lab-of.ts';

afterEach(cleanup);

const ROWS = [
  [0, 0, 0.75],
  [1, 1, 0.6],
] as const;

test('training rows are measured when it is asked for, beside the test rows, and forgotten with the next step', async () => {
  const worker = new FakeWorker();
  const lab = labOf(worker, WEATHER, { dataset: WEATHER, test: evaluationOf([[0, 1, 0.75]], 5, 2) });
  lab.runs.store.setState(({ current }) => ({ current: current && { ...current, losses: Float32Array.of(0.5) } }));
  render(
    <LabContext value={lab}>
      <ReportPanel order={BY_LABEL} onOrder={() => undefined} choice={null} onChoice={() => undefined} />
    </LabContext>,
  );
  await act(async () => undefined);
  fireEvent.click(screen.getByRole('radio', { name: 'Training' }));
  expect(screen.getByText(/^Some training rows are measured when you ask for it/)).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Evaluate on training set' }));
  expect(worker.sent.at(-1)).toEqual({ type: 'evaluate', run: 1, set: 'trainSample' });
  const training = { ...evaluationOf(ROWS, 5, 2), set: 'trainSample' } as const;
  await act(async () => worker.say({ type: 'evaluated', run: 1, evaluation: training }));
  expect(screen.getByText('2 training rows')).toBeDefined();
  const run = lab.runs.store.getState().current;
  expect(run).toMatchObject({ training, validation: null, test: { labels: Uint8Array.of(0) } });
  expect(run && withoutAnswers(run)).not.toHaveProperty('training');
  const metrics = { firstStep: 1, losses: Float32Array.of(0.4), accuracies: Float32Array.of(1) };
  await act(async () =>
    worker.say({ type: 'progressed', run: 1, metrics, imagesPerSecond: 0, memory: { tensors: 0, bytes: 0 } }),
  );
  expect(lab.runs.store.getState().current).not.toHaveProperty('training');
});
