import { expect, test } from 'vitest';
import type { Snapshot } from '../../../src/core/training/snapshot.ts';
import { createSnapshotCache } from '../../../src/state/snapshot-cache.ts';
import { settled } from '../support/turns.ts';

/** A snapshot of 16 bytes. */
const snapshot = (step: number): Snapshot => ({ step, weights: [new Float32Array(2)], slots: [[new Float32Array(2)]] });

const noError = (error: unknown) => expect.unreachable(String(error));

test('what a run could go on from is kept under its number', async () => {
  const cache = createSnapshotCache(async (run) => (run === 2 ? null : snapshot(run * 10)), noError);
  cache.keep(1);
  cache.keep(2);
  await settled();
  expect(cache.snapshotOf(1)?.step).toBe(10);
  expect(cache.snapshotOf(2)).toBeNull();
  expect([...cache.store.getState()]).toEqual([1]);
});

test('where there is no room, what lies longest goes', async () => {
  const cache = createSnapshotCache(async (run) => snapshot(run), noError, 40);
  for (const run of [1, 2, 1, 3]) {
    cache.keep(run);
    await settled();
  }
  expect([...cache.store.getState()]).toEqual([1, 3]);
});

test('a snapshot that is larger than the cache is not kept', async () => {
  const cache = createSnapshotCache(async (run) => snapshot(run), noError, 8);
  cache.keep(1);
  await settled();
  expect(cache.snapshotOf(1)).toBeNull();
});

test('a snapshot that cannot be had is told, and nothing is kept', async () => {
  const errors: unknown[] = [];
  const refusal = new RangeError('There is no memory left.');
  const cache = createSnapshotCache(
    () => Promise.reject(refusal),
    (error) => errors.push(error),
  );
  cache.keep(1);
  await settled();
  expect(errors).toEqual([refusal]);
  expect(cache.snapshotOf(1)).toBeNull();
});
