import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { useContext } from 'react';
import { afterEach, expect, test } from 'vitest';
import type { OwnTest as OwnTestSet } from '../../../../src/core/dataset/own-test.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { OwnTest } from '../../../../src/features/drawing/own-test/OwnTest.tsx';
import { LabContext } from '../../../../src/features/lab.tsx';
import { OwnDataContext } from '../../../../src/features/own-data.ts';
import { RunsTable } from '../../../../src/features/runs/RunsTable.tsx';
import { SIGNS } from '../../../fixtures/specs/datasets.ts';
import { FakeWorker } from '../../state/fake-worker.ts';
import { checkpointAt } from '../../support/checkpoints.ts';
import { labOf } from '../results/lab-of.ts';

afterEach(cleanup);

const [garments, signs] = [{ dataset: FASHION_MNIST }, { dataset: SIGNS }];

/** The table of runs beside the test set with these samples. */
function Shown({ samples }: { readonly samples: OwnTestSet['samples'] }) {
  const nowhere = useContext(OwnDataContext);
  const ownData = {
    ...nowhere,
    readTest: async () => ({ samples, results: [] }),
    writeTest: async () => {},
    testsBytes: async () => 0,
  };
  const size = FASHION_MNIST.samples;
  if (size.kind !== 'image') return null;
  return (
    <OwnDataContext value={ownData}>
      <RunsTable />
      <OwnTest dataset={FASHION_MNIST} size={size} drawn={null} />
    </OwnDataContext>
  );
}

/** Runs 3 and 2 are of the data set that is open, and of 2 the weights are kept; 1 is of another one. */
function show(samples: OwnTestSet['samples']): FakeWorker {
  const worker = new FakeWorker();
  const lab = labOf(worker, FASHION_MNIST, garments, garments, signs);
  const { current, earlier } = lab.runs.store.getState();
  const stepped = <Run extends object>(run: Run) => ({
    ...run,
    losses: Float32Array.of(0.5),
    accuracies: Float32Array.of(0.5),
  });
  lab.runs.store.setState({ current: current && stepped(current), earlier: earlier.map(stepped) });
  lab.runs.checkpoints.addKept([2], async () => checkpointAt(1));
  render(
    <LabContext value={lab}>
      <Shown samples={samples} />
    </LabContext>,
  );
  return worker;
}

/** What stands in the column of a run. */
const cellOf = (run: number) =>
  screen
    .getByRole('button', { name: `Pin run ${run}` })
    .closest('tr')
    ?.querySelector('.c-own')?.textContent;

test('without samples there is no column', async () => {
  show([]);
  await screen.findByLabelText('It is');
  expect(screen.queryByRole('columnheader', { name: /^Mine/ })).toBeNull();
});

test('each run has its accuracy on the samples, what measures it, or why that cannot be; deleting them can be undone', async () => {
  const worker = show([
    { label: 3, values: new Uint8Array(784) },
    { label: 4, values: new Uint8Array(784) },
  ]);
  const head = await screen.findByRole('columnheader', { name: /^Mine/ });
  expect(head.textContent).toBe('Mine, My test set: 2 samples (2)');
  expect(cellOf(1)).toBe('– My test set is for Fashion-MNIST, and this run was trained on Road signs.');
  const probabilities = new Float32Array(20).fill(0).with(3, 1).with(13, 1);
  await waitFor(() => expect(worker.asks('predictMany')).toHaveLength(1));
  const answer = { run: 3, step: 1, testAccuracy: null, probabilities };
  await act(() => worker.answer(worker.asks('predictMany')[0], answer));
  expect(cellOf(3)).toBe('50.0\u202f%');
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Test run 2 on my test set' })));
  await act(() => worker.answer(worker.asks('predictWith')[0], new Float32Array(20).fill(0).with(3, 1).with(14, 1)));
  expect(cellOf(2)).toBe('100.0\u202f%');
  expect(screen.queryByRole('button', { name: 'Test all runs on it' })).toBeNull();
  const own = within(screen.getByRole('region', { name: 'My test set' }));
  fireEvent.click(own.getByRole('button', { name: 'Delete all' }));
  expect(screen.queryByRole('columnheader', { name: /^Mine/ })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  expect(cellOf(2)).toBe('100.0\u202f%');
});
