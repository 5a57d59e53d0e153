import { beforeEach, expect, test, vi } from 'vitest';
import { Database } from '../../../src/app/archive/database.ts';
import { FoundTexts } from '../../../src/app/archive/found-texts.ts';
import { KeptTexts } from '../../../src/app/archive/kept-texts.ts';
import { keepSample } from '../../../src/app/kept-drawing.ts';
import { holdSample } from '../../../src/app/unsaved-sample.ts';
import type { DatasetSpec } from '../../../src/core/dataset/spec.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { createRowStore, type TypedRow } from '../../../src/features/drawing/typed-row.ts';
import { createStorageControl } from '../../../src/state/storage.ts';
import { TREES } from '../../fixtures/specs/table.ts';
import { emptyBrowser, storedRecords } from './archive/support.ts';

const TYPED: TypedRow = {
  dataset: TREES.id,
  cells: [14, null, 61],
  origin: { place: 1, label: 0 },
  changed: true,
};

const storage = createStorageControl();

beforeEach(emptyBrowser);

async function visit(): Promise<KeptTexts> {
  const [database, found] = [new Database(), new FoundTexts()];
  await found.find(database, 'drawing');
  return new KeptTexts(database, found, storage);
}

/** The row that a visit begins with where this text was kept. */
async function begunWith(text: string, dataset: DatasetSpec = TREES): Promise<TypedRow | null> {
  const texts = await visit();
  texts.write('drawing', dataset.id, () => text);
  await vi.waitFor(() => expect(texts.read('drawing', dataset.id)).toBe(text));
  const row = createRowStore();
  keepSample(undefined, row, dataset, texts);
  return row.getState();
}

test('the form of a table has the row of the last visit, and the typical one after that was chosen', async () => {
  const row = createRowStore();
  keepSample(undefined, row, TREES, await visit());
  expect(row.getState()).toBeNull();
  row.setState(TYPED, true);
  await vi.waitFor(async () => expect(Object.keys(await storedRecords('drawing'))).toEqual([TREES.id]));
  const next = createRowStore();
  keepSample(undefined, next, TREES, await visit());
  expect(next.getState()).toEqual(TYPED);
  next.setState(null, true);
  await vi.waitFor(async () => expect(await storedRecords('drawing')).toEqual({}));
});

test('each table has its own row, also after another one was open', async () => {
  const texts = await visit();
  const row = createRowStore();
  const shrubs = { ...TREES, id: 'shrubs' };
  const stop = keepSample(undefined, row, TREES, texts);
  row.setState(TYPED, true);
  stop();
  const stopShrubs = keepSample(undefined, row, shrubs, texts);
  expect(row.getState()).toBeNull();
  row.setState({ ...TYPED, dataset: shrubs.id, cells: [1, 'clay', 2] }, true);
  stopShrubs();
  await vi.waitFor(async () =>
    expect(Object.keys(await storedRecords('drawing')).sort()).toEqual(['shrubs', TREES.id].sort()),
  );
  keepSample(undefined, row, TREES, texts);
  expect(row.getState()).toEqual(TYPED);
});

test('what was typed before the database had answered is kept', async () => {
  const texts = await visit();
  texts.write('drawing', TREES.id, () => JSON.stringify({ ...TYPED, cells: [1, 'clay', 2] }));
  const row = createRowStore();
  row.setState(TYPED, true);
  keepSample(undefined, row, TREES, texts);
  expect(row.getState()).toEqual(TYPED);
  await vi.waitFor(() => expect(texts.read('drawing', TREES.id)).toBe(JSON.stringify(TYPED)));
});

test('a row that does not fit the columns is none, and that is told', async () => {
  expect(await begunWith(JSON.stringify(TYPED))).toEqual(TYPED);
  for (const wrong of [
    'tree',
    '{}',
    JSON.stringify({ ...TYPED, cells: [14, 'clay'] }),
    JSON.stringify({ ...TYPED, cells: [14, 'concrete', 61] }),
    JSON.stringify({ ...TYPED, cells: ['many', 'clay', 61] }),
    JSON.stringify({ ...TYPED, origin: { place: TREES.splits.test, label: 0 } }),
    JSON.stringify({ ...TYPED, dataset: 'shrubs' }),
  ])
    expect(await begunWith(wrong), wrong).toBeNull();
  expect(storage.store.getState().problems).toContainEqual(expect.objectContaining({ what: 'drawing' }));
});

test('where samples are no rows there is none', async () => {
  const texts = await visit();
  const write = vi.spyOn(texts, 'write');
  const row = createRowStore();
  keepSample(undefined, row, FASHION_MNIST, texts);
  row.setState({ ...TYPED, dataset: FASHION_MNIST.id }, true);
  expect(write).not.toHaveBeenCalled();
});

test('a row that was filled in before anything kept it is there on the next visit, and is kept', async () => {
  const left = createRowStore();
  const letGo = holdSample(undefined, left, TREES.id);
  left.setState(TYPED, true);
  letGo();
  const row = createRowStore();
  keepSample(undefined, row, TREES, await visit());
  expect(row.getState()).toEqual(TYPED);
  await vi.waitFor(async () => expect(Object.keys(await storedRecords('drawing'))).toEqual([TREES.id]));
  expect(localStorage.getItem(`unsaved drawing ${TREES.id}`)).toBeNull();
});
