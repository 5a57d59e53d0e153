import { beforeEach, describe, expect, test } from 'vitest';
import { completed, Database } from '../../../../src/app/archive/database.ts';
import { VERSIONS } from '../../../../src/app/archive/records.ts';
import { RunArchive } from '../../../../src/app/archive/run-archive.ts';
import type { Checkpoint } from '../../../../src/core/training/checkpoint.ts';
import type { ArchiveChange } from '../../../../src/state/archive.ts';
import { newRun, withoutAnswers } from '../../../../src/state/run.ts';
import { createStorageControl, type StorageControl } from '../../../../src/state/storage.ts';
import { checkpointAt } from '../../support/checkpoints.ts';
import { draft, EVALUATION, fullRun } from './full-run.ts';
import { emptyBrowser, fillDisk, storedRecords, storeRecords } from './support.ts';

let storage: StorageControl;

beforeEach(() => {
  emptyBrowser();
  storage = createStorageControl();
});

/** Checkpoints of so many bytes each. */
const heavy = (...bytes: number[]) =>
  new Map(
    bytes.map((size, i): [number, Checkpoint] => [
      i + 1,
      checkpointAt(2, { snapshot: { step: 2, weights: [new Float32Array(size / 4)], slots: [] } }),
    ]),
  );
const runs = (...numbers: number[]) => numbers.map((number) => newRun(number, draft, 'CNN'));
const change = (more: Partial<ArchiveChange>): ArchiveChange => ({
  runs: [],
  checkpoints: new Map(),
  steps: [],
  removed: [],
  current: null,
  ...more,
});
const problems = () => storage.store.getState().problems;
const status = () => storage.store.getState();
const open = (room = { all: 100, one: 60 }, database = new Database()) => new RunArchive(database, storage, { room });

test('what was written is there on the next visit: runs, checkpoints, and which one was current', async () => {
  const checkpoint = checkpointAt(2);
  const archive = open();
  await archive.load();
  await archive.write(change({ runs: [fullRun(2), ...runs(1)], checkpoints: new Map([[2, checkpoint]]), current: 2 }));
  const next = open();
  const kept = await next.load();
  expect(kept).toEqual({
    runs: [...runs(1), withoutAnswers(fullRun(2))],
    older: new Set(),
    checkpoints: new Set([2]),
    current: 2,
    lastNumber: 2,
  });
  expect(await next.checkpoint(2)).toEqual(checkpoint);
  expect(await next.checkpoint(1)).toBeNull();
  expect([status().runs, status().bytes.checkpoint]).toEqual([2, 4]);
  expect(status().bytes.run).toBeGreaterThan(1000);
  expect(problems()).toEqual([]);
});

test('a run that is forgotten is gone with its checkpoint, and its bytes', async () => {
  const archive = open();
  await archive.write(change({ runs: runs(1, 2), checkpoints: heavy(40, 40) }));
  await archive.write(change({ removed: [1] }));
  expect(await open().load()).toMatchObject({ runs: runs(2), checkpoints: new Set([2]), lastNumber: 2 });
  expect(status().bytes.checkpoint).toBe(40);
});

test('where all have no room, the checkpoint that was written longest ago gives way, and that is told', async () => {
  const archive = open();
  await archive.write(change({ runs: runs(1, 2), checkpoints: heavy(40, 40) }));
  await archive.write(change({ checkpoints: heavy(40) }));
  await archive.write(change({ runs: runs(3), checkpoints: new Map([[3, checkpointAt(2, heavy(40).get(1))]]) }));
  expect(problems()).toEqual([{ kind: 'gaveWay', runs: [2] }]);
  const kept = await open().load();
  expect([...kept.checkpoints]).toEqual([1, 3]);
  expect(kept.runs.map(({ number }) => number)).toEqual([1, 2, 3]);
});

test('a checkpoint that is too heavy is not kept, its run is, and that is told', async () => {
  await open().write(change({ runs: runs(1), checkpoints: heavy(64) }));
  expect(await open().load()).toMatchObject({ runs: runs(1), checkpoints: new Set() });
  expect(problems()).toEqual([{ kind: 'tooHeavy', runs: [1] }]);
});

describe('what a run answered', () => {
  const evaluation = EVALUATION;

  test('is apart from its run: it is read when it is wanted, and stays where the run is written without it', async () => {
    const archive = open();
    await archive.write(change({ runs: [fullRun(2)] }));
    const full = fullRun(2);
    expect(await archive.answers(2, 'test')).toEqual(evaluation);
    expect(await archive.answers(2, 'validation')).toEqual({ ...evaluation, set: 'validation' });
    expect(await archive.answers(1, 'test')).toBeNull();
    const next = open();
    const [light] = (await next.load()).runs;
    expect(light?.test).toEqual({ loss: evaluation.loss, accuracy: evaluation.accuracy });
    await next.write(change({ runs: [{ ...withoutAnswers(full), name: 'Baseline' }] }));
    expect(await open().answers(2, 'test')).toEqual(evaluation);
    await next.write(change({ runs: [{ ...withoutAnswers(full), test: null }] }));
    expect(await open().answers(2, 'test')).toBeNull();
    expect(await open().answers(2, 'validation')).not.toBeNull();
    const { bytes } = status();
    await next.write(change({ removed: [2] }));
    expect(await storedRecords('answers')).toEqual({});
    expect(status().bytes.run).toBeLessThan(bytes.run);
  });

  test('that was in the record of the run is taken out of it with the next writing', async () => {
    await storeRecords({ run: { 2: { version: 2, kind: 'run', run: fullRun(2) } } });
    const archive = open();
    const { runs: kept, older } = await archive.load();
    expect([kept, [...older]]).toEqual([[fullRun(2)], [2]]);
    expect(problems()).toEqual([]);
    await archive.write(change({ runs: kept }));
    expect(await storedRecords('run')).toMatchObject({ 2: { version: VERSIONS.run, run: withoutAnswers(fullRun(2)) } });
    expect(await open().answers(2, 'test')).toEqual(evaluation);
  });

  test('of a newer version or garbage is left out, and of a newer version never written over', async () => {
    const newer = { version: 2, kind: 'answers', bytes: 4, answers: 'elsewhere' };
    await open().write(change({ runs: [fullRun(2)] }));
    const database = await new Database().open();
    const transaction = database.transaction('answers', 'readwrite');
    transaction.objectStore('answers').put(newer, [2, 'test']);
    transaction.objectStore('answers').put('boot', [2, 'validation']);
    await completed(transaction);
    const archive = open();
    await archive.load();
    expect(await archive.answers(2, 'test')).toBeNull();
    expect(await archive.answers(2, 'validation')).toBeNull();
    expect(problems().map(({ kind }) => kind)).toEqual(['newer', 'unreadable']);
    await archive.write(change({ runs: [fullRun(2)] }));
    await archive.write(change({ removed: [2] }));
    expect(await storedRecords('answers')).toEqual({ '2,test': newer });
  });
});

describe('where the disk is full', () => {
  /** Has room for so many bytes of checkpoints. */
  async function small(bytes: number) {
    const database = new Database();
    const opened = await database.open();
    const begin = opened.transaction.bind(opened);
    opened.transaction = (...options) => {
      const transaction = begin(...options);
      if (transaction.mode === 'readonly') return transaction;
      const store = transaction.objectStore('checkpoint');
      const commit = transaction.commit.bind(transaction);
      transaction.commit = () => {
        store.getAll().onsuccess = ({ target }) => {
          const all = (target as IDBRequest<{ bytes: number }[]>).result;
          const isTooMuch = all.reduce((sum, each) => sum + each.bytes, 0) > bytes;
          const error = new DOMException('No room.', 'QuotaExceededError');
          if (isTooMuch) Object.defineProperty(transaction, 'error', { value: error });
          if (isTooMuch) transaction.abort();
          else commit();
        };
      };
      return transaction;
    };
    return open({ all: 1000, one: 1000 }, database);
  }

  test('older checkpoints give way to a new one', async () => {
    const archive = await small(100);
    await archive.write(change({ runs: runs(1, 2), checkpoints: heavy(40, 40) }));
    await archive.write(change({ runs: runs(3), checkpoints: new Map([[3, checkpointAt(2, heavy(60).get(1))]]) }));
    expect([...(await open().load()).checkpoints]).toEqual([2, 3]);
    expect(problems()).toEqual([{ kind: 'gaveWay', runs: [1] }]);
  });

  test('a run is kept without its checkpoint where that does not fit alone', async () => {
    const archive = await small(100);
    await archive.write(change({ runs: runs(1), checkpoints: heavy(40) }));
    const next = change({ runs: runs(2), checkpoints: new Map([[2, checkpointAt(2, heavy(104).get(1))]]) });
    expect(await archive.write(next)).toEqual({ left: [2], dropped: [] });
    expect(await open().load()).toMatchObject({ runs: runs(1, 2), checkpoints: new Set([1]) });
    expect(problems()).toEqual([{ kind: 'full', what: 'checkpoint' }]);
  });

  test('nothing of a change is kept where nothing fits, and all of it later', async () => {
    const database = new Database();
    const archive = open(undefined, database);
    await archive.write(change({ runs: runs(1), checkpoints: heavy(40), current: 1 }));
    const full = fillDisk(await database.open());
    const next = change({ runs: runs(2), removed: [1] });
    await expect(archive.write(next)).rejects.toMatchObject({ name: 'QuotaExceededError' });
    expect(await open().load()).toMatchObject({ runs: runs(1), checkpoints: new Set([1]), current: 1 });
    full.mockRestore();
    storage.report({ kind: 'full', what: 'run' });
    await archive.write(next);
    expect(await open().load()).toMatchObject({ runs: runs(2), checkpoints: new Set(), current: null });
    expect(problems()).toEqual([]);
  });
});

describe('what is not of today', () => {
  const run = { version: VERSIONS.run, kind: 'run', run: newRun(1, draft, 'CNN') };
  const checkpoint = { version: 2, kind: 'checkpoint', written: 1, bytes: 4, checkpoint: checkpointAt(2) };

  test('garbage is left out, counted and told, the rest comes back, and its number stays taken', async () => {
    await storeRecords({
      run: { 1: run, 7: { ...run, run: {} }, 8: 'boot', boot: run },
      checkpoint: { 1: checkpoint, 9: 'boot', 11: { ...checkpoint, bytes: 'many' } },
      about: { current: 'boot' },
    });
    expect(await open().load()).toEqual({
      runs: [run.run],
      older: new Set(),
      checkpoints: new Set([1]),
      current: null,
      lastNumber: 11,
    });
    expect(problems()).toEqual([
      { kind: 'unreadable', what: 'checkpoint', count: 2 },
      { kind: 'unreadable', what: 'run', count: 3 },
    ]);
  });

  test('a checkpoint that turns out to be garbage is told when it is wanted, and written anew', async () => {
    await storeRecords({ run: { 1: run }, checkpoint: { 1: { ...checkpoint, checkpoint: { step: 1 } } } });
    const archive = open();
    expect((await archive.load()).checkpoints).toEqual(new Set([1]));
    expect(await archive.checkpoint(1)).toBeNull();
    expect(problems()).toEqual([{ kind: 'unreadable', what: 'checkpoint', count: 1 }]);
    await archive.write(change({ checkpoints: heavy(40) }));
    expect(await open().checkpoint(1)).not.toBeNull();
  });

  test('records of a newer version are told, and never written over, dropped or deleted', async () => {
    const newer = {
      run: { 5: { version: VERSIONS.run + 1, kind: 'run', curves: 'elsewhere' } },
      checkpoint: { 1: { ...checkpoint, version: 3 }, 5: { version: 3, kind: 'checkpoint' } },
      about: { current: { version: 3, kind: 'about', tabs: [1, 5] } },
    };
    await storeRecords({ ...newer, run: { 1: run, ...newer.run } });
    const archive = open();
    expect(await archive.load()).toMatchObject({
      runs: [run.run],
      checkpoints: new Set(),
      current: null,
      lastNumber: 5,
    });
    expect(problems()).toEqual([
      { kind: 'newer', what: 'checkpoint', count: 2 },
      { kind: 'newer', what: 'run', count: 1 },
    ]);
    await archive.write(change({ runs: runs(6), checkpoints: heavy(60), current: 6 }));
    await archive.write(change({ removed: [1], current: 6 }));
    for (const [store, records] of Object.entries(newer)) expect(await storedRecords(store)).toMatchObject(records);
    expect(Object.keys(await storedRecords('run'))).toEqual(['5', '6']);
  });

  test('a database of a newer version is refused, and left as it is', async () => {
    await storeRecords({ run: { 1: run } }, { version: 4 });
    await expect(open().load()).rejects.toMatchObject({ name: 'DatabaseError', reason: 'newer' });
    await expect(open().write(change({ runs: runs(2) }))).rejects.toMatchObject({ reason: 'newer' });
    expect(await storedRecords('run')).toEqual({ 1: run });
  });
});
