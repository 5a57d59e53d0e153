import { expect, test } from 'vitest';
import { adoptRuns } from '../../../src/state/adopt-runs.ts';
import { allRuns } from '../../../src/state/runs.ts';
import { fullRun } from '../app/archive/full-run.ts';
import { checkpointAt } from '../support/checkpoints.ts';
import { FakeWorker } from './fake-worker.ts';

const found = (number: number, from: number | null = null) => ({
  run: {
    ...fullRun(number),
    carriedFrom: from === null ? null : ({ kind: 'run', run: from, layers: null } as const),
    phase: 'training' as const,
  },
  checkpoint: checkpointAt(3),
});

test('runs from elsewhere keep their numbers in an empty lab, stand still and can go on', () => {
  const { runs, draft } = new FakeWorker().lab();
  adoptRuns(runs, draft, [found(4), found(2)]);
  const all = allRuns(runs.store.getState());
  expect(all.map(({ number, phase }) => [number, phase])).toEqual([
    [4, 'paused'],
    [2, 'paused'],
  ]);
  expect(runs.store.getState()).toMatchObject({ current: null, lastNumber: 4 });
  expect([...runs.restorable.getState()]).toEqual([4, 2]);
});

test('a run whose number is taken gets a new one, and those that began with its weights say so', async () => {
  const { runs, draft } = new FakeWorker().lab();
  adoptRuns(runs, draft, [found(1), found(2)]);
  const mine = allRuns(runs.store.getState());
  adoptRuns(runs, draft, [found(2, 7), found(3, 2)]);
  const all = allRuns(runs.store.getState());
  expect(all.map(({ number, carriedFrom }) => [number, carriedFrom])).toEqual([
    [4, { kind: 'file', name: 'run 7 of another lab', layers: null }],
    [3, { kind: 'run', run: 4, layers: null }],
    [2, null],
    [1, null],
  ]);
  expect(all.slice(2)).toEqual(mine);
  expect(await runs.checkpoints.read(4)).toEqual(checkpointAt(3));
});
