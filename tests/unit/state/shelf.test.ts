import { expect, test } from 'vitest';
import type { Snapshot } from '../../../src/core/snapshot.ts';
import { createShelf } from '../../../src/state/shelf.ts';

/** A snapshot of 16 bytes. */
const snapshot = (step: number): Snapshot => ({ step, weights: [new Float32Array(2)], slots: [[new Float32Array(2)]] });

const settled = () => new Promise((resolve) => setTimeout(resolve));

test('what a run could go on from is kept under its number', async () => {
  const shelf = createShelf(async (run) => (run === 2 ? null : snapshot(run * 10)));
  shelf.keep(1);
  shelf.keep(2);
  await settled();
  expect(shelf.snapshotOf(1)?.step).toBe(10);
  expect(shelf.snapshotOf(2)).toBeNull();
  expect([...shelf.store.getState()]).toEqual([1]);
});

test('where there is no room, what lies longest goes', async () => {
  const shelf = createShelf(async (run) => snapshot(run), 40);
  for (const run of [1, 2, 1, 3]) {
    shelf.keep(run);
    await settled();
  }
  expect([...shelf.store.getState()]).toEqual([1, 3]);
});

test('a snapshot that is larger than the shelf is not kept', async () => {
  const shelf = createShelf(async (run) => snapshot(run), 8);
  shelf.keep(1);
  await settled();
  expect(shelf.snapshotOf(1)).toBeNull();
});
