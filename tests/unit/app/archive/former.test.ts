import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Database } from '../../../../src/app/archive/database.ts';
import { moveFormer } from '../../../../src/app/archive/former.ts';
import { FoundTexts } from '../../../../src/app/archive/found-texts.ts';
import { RunArchive } from '../../../../src/app/archive/run-archive.ts';
import { stepOf } from '../../../../src/state/run.ts';
import { createStorageControl, type StorageControl } from '../../../../src/state/storage.ts';
import { readValue } from '../../../fixtures/archive/values.ts';
import { emptyBrowser, fillDisk, localStorageOf, storedRecords, storeRecords } from './support.ts';

const RECORDS = readValue('v1-database.json') as readonly (readonly [string, unknown])[];
const TEXTS = readValue('v1-local-storage.json') as Readonly<Record<string, string>>;
const FORMER = { name: 'fitting-room-1', bare: true } as const;

let storage: StorageControl;
let local: Map<string, string>;

beforeEach(async () => {
  emptyBrowser();
  storage = createStorageControl();
  local = localStorageOf(TEXTS);
  await storeRecords({ runs: Object.fromEntries(RECORDS) }, FORMER);
});

/** A visit that moves what is there: what it then finds. */
async function visit(database = new Database()) {
  const found = new FoundTexts();
  await moveFormer(database, found, storage);
  const archive = new RunArchive(database, storage);
  return { archive, found, kept: await archive.load() };
}

const problems = () => storage.store.getState().problems;
const databases = async () => (await indexedDB.databases()).map(({ name }) => name);
const recordOf = (key: string) => new Map(RECORDS).get(key);

describe('what the first version kept', () => {
  test('its runs come back with every figure, and each goes on from its weights', async () => {
    const { archive, kept } = await visit();
    expect(kept.runs.map((run) => [run.number, run.phase, stepOf(run), run.epochs.length])).toEqual([
      [1, 'finished', 16, 2],
      [2, 'paused', 8, 1],
    ]);
    for (const run of kept.runs) {
      const { draft, ...figures } = (recordOf(`run ${run.number}`) as { run: object & { draft: unknown } }).run;
      expect(run).toMatchObject(figures);
      expect(draft).toBeTruthy();
    }
    expect([kept.current, kept.lastNumber, [...kept.checkpoints]]).toEqual([2, 2, [1, 2]]);
    const checkpoint = await archive.checkpoint(2);
    const { snapshot } = recordOf('weights 2') as { snapshot: object };
    expect(checkpoint).toMatchObject({ snapshot, judgedEpochs: 1, earlyStopping: null });
    expect(checkpoint?.course).toMatchObject({ lengths: [3], settings: { dropout: null } });
    expect(problems()).toEqual([]);
  });

  test('its drafts, its drawing and its setting are found by later visits, and by this one', async () => {
    const { found } = await visit();
    const texts = [
      ['draft', 'points', TEXTS['draft points']],
      ['draft', 'fashion-mnist', TEXTS['draft fashion-mnist']],
      ['drawing', 'fashion-mnist', TEXTS['drawing fashion-mnist']],
      ['setting', 'results-tab', 'report'],
    ] as const;
    const later = new FoundTexts();
    for (const kind of ['draft', 'drawing', 'setting'] as const) await later.find(new Database(), kind);
    for (const [kind, name, text] of texts) {
      expect(found.read(kind, name)).toBe(text);
      expect(later.read(kind, name)).toBe(text);
    }
  });

  test('is cleared once it was moved, and what must be known before the first paint stays', async () => {
    await visit();
    await vi.waitFor(async () => expect(await databases()).toEqual(['fitting-room']));
    expect(Object.fromEntries(local)).toEqual({ 'recipe-open': 'yes', visited: 'yes' });
  });

  test('of the very first draft, which named no data set, the newer one is kept', async () => {
    local.set('draft', local.get('draft points') ?? '');
    const { found } = await visit();
    expect(found.read('draft', 'fashion-mnist')).toBe(TEXTS['draft fashion-mnist']);
  });
});

test('what is there already is newer and stays, and what was deleted since does not come back', async () => {
  await storeRecords({ draft: { points: { version: 2, kind: 'draft', text: 'newer' } } });
  const { archive } = await visit();
  expect(await storedRecords('draft')).toMatchObject({ points: { text: 'newer' } });
  await archive.write({ runs: [], checkpoints: new Map(), steps: [], removed: [1, 2], current: null });
  await storeRecords({ runs: Object.fromEntries(RECORDS) }, { ...FORMER, name: 'fitting-room-1' });
  expect((await visit()).kept.runs).toEqual([]);
});

test('garbage moves as it is, is left out and told, and its number stays taken', async () => {
  globalThis.indexedDB = new IDBFactory();
  const runs = {
    'run 9': { kind: 'run' },
    'weights 11': 'boot',
    'run 1': recordOf('run 1'),
    other: 1,
    current: 'boot',
  };
  await storeRecords({ runs }, FORMER);
  local.set('draft points', 'boot');
  local.set('drawing fashion-mnist', 'boot');
  const { kept } = await visit();
  expect(kept.runs.map(({ number }) => number)).toEqual([1]);
  expect(kept).toMatchObject({ current: null, lastNumber: 11 });
  expect(await storedRecords('run')).toMatchObject({ 9: { kind: 'run' } });
  expect(local.get('draft points')).toBe('boot');
  expect(problems()).toEqual([
    { kind: 'unreadable', what: 'draft', count: 1 },
    { kind: 'unreadable', what: 'drawing', count: 1 },
    { kind: 'unreadable', what: 'checkpoint', count: 1 },
    { kind: 'unreadable', what: 'run', count: 1 },
  ]);
});

test('where nothing was kept, there is nothing, and no old database is made by looking for it', async () => {
  globalThis.indexedDB = new IDBFactory();
  localStorageOf({});
  expect((await visit()).kept).toMatchObject({ runs: [], current: null, lastNumber: 0 });
  expect(await databases()).toEqual(['fitting-room']);
});

test('where there is no room, everything stays where it was', async () => {
  const database = new Database();
  fillDisk(await database.open());
  await expect(visit(database)).rejects.toThrow('No room.');
  expect(await databases()).toContain('fitting-room-1');
  expect(local.get('draft points')).toBe(TEXTS['draft points']);
  expect(Object.keys(await storedRecords('runs', 'fitting-room-1'))).toHaveLength(5);
});
