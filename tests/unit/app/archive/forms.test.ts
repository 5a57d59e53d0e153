import { beforeEach, expect, test } from 'vitest';
import { completed, Database, resultOf } from '../../../../src/app/archive/database.ts';
import { FoundTexts } from '../../../../src/app/archive/found-texts.ts';
import { queueOf } from '../../../../src/app/archive/queue-record.ts';
import { VERSIONS } from '../../../../src/app/archive/records.ts';
import { RunArchive } from '../../../../src/app/archive/run-archive.ts';
import { type Run, withoutAnswers } from '../../../../src/state/run.ts';
import { createStorageControl, type StorageControl } from '../../../../src/state/storage.ts';
import { readValue } from '../../../fixtures/archive/values.ts';
import { emptyBrowser, storeRecords } from './support.ts';

/** The records of a file by store: each with its key. */
type Stored = Readonly<Record<string, readonly (readonly [key: string | number | string[], record: unknown])[]>>;

const SECOND = readValue('v2-database.json') as Stored;
const THIRD = readValue('v3-database.json') as Stored;
const FOURTH = readValue('v4-database.json') as Stored;
const TODAY = readValue('v5-database.json') as Stored;

let storage: StorageControl;

beforeEach(() => {
  emptyBrowser();
  storage = createStorageControl();
});

/** A browser in which the version of a file was used last. */
async function plant(file: Stored): Promise<void> {
  if (file === SECOND) {
    const stores = Object.entries(file).map(([name, list]) => [name, Object.fromEntries(list)]);
    return storeRecords(Object.fromEntries(stores));
  }
  const database = await new Database().open();
  const transaction = database.transaction(Object.keys(file), 'readwrite');
  for (const [store, list] of Object.entries(file)) {
    for (const [key, record] of list) transaction.objectStore(store).put(record, key);
  }
  await completed(transaction);
}

/** What today's version finds there, with the answers in the runs. */
async function found() {
  const database = new Database();
  const archive = new RunArchive(database, storage);
  const kept = await archive.load();
  await archive.write({ ...kept, checkpoints: new Map(), steps: [], removed: [] });
  const whole = async (run: Run): Promise<Run> => ({
    ...run,
    validation: await archive.answers(run.number, 'validation'),
    test: await archive.answers(run.number, 'test'),
  });
  const texts = new FoundTexts();
  for (const kind of ['draft', 'drawing', 'setting'] as const) await texts.find(database, kind);
  const checkpoints = await Promise.all([...kept.checkpoints].map(archive.checkpoint));
  const { older, ...rest } = { ...kept, runs: await Promise.all(kept.runs.map(whole)) };
  return { older: [...older], content: { ...rest, checkpoints, texts: Object.fromEntries(texts.texts) } };
}

test('the second form is read whole, and is what the form of today has', async () => {
  await plant(SECOND);
  const second = await found();
  expect(second.older).toEqual([1, 2]);
  emptyBrowser();
  await plant(TODAY);
  const today = await found();
  expect(today.older).toEqual([]);
  expect(second.content).toEqual(today.content);
  const [run] = today.content.runs;
  expect([run?.test?.accuracy, today.content.checkpoints.length]).toEqual([0.63125, 2]);
  expect(Object.keys(today.content.texts)).toHaveLength(4);
  expect(storage.store.getState().problems).toEqual([]);
});

test('the third form is read, with the number of the run that another began with', async () => {
  const records = THIRD['run']?.map(([key, record]) => {
    const { run, ...rest } = record as { run: Run };
    return [key, { ...rest, run: { ...run, carriedFrom: key === 2 ? 1 : null } }] as const;
  });
  await plant({ ...THIRD, run: records ?? [] });
  const { older, content } = await found();
  expect(older).toEqual([1, 2]);
  expect(content.runs.map(({ carriedFrom }) => carriedFrom)).toEqual([null, { kind: 'run', run: 1, layers: null }]);
  expect(storage.store.getState().problems).toEqual([]);
});

test('the fourth form is read, whose runs have all their steps', async () => {
  await plant(FOURTH);
  const fourth = await found();
  expect(fourth.older).toEqual([1, 2]);
  emptyBrowser();
  await plant(TODAY);
  expect(fourth.content).toEqual((await found()).content);
  expect(storage.store.getState().problems).toEqual([]);
});

test('the second form is written as the form of today', async () => {
  await plant(SECOND);
  await found();
  const database = await new Database().open();
  const records: unknown[] = await resultOf(database.transaction('run').objectStore('run').getAll());
  expect(records).toEqual(TODAY['run']?.map(([, record]) => record));
  for (const record of records) {
    const { run } = record as { run: Run };
    expect(withoutAnswers(run)).toBe(run);
  }
});

test('a sweep is read', () => {
  const [, record] = TODAY['queue']?.[0] ?? [];
  const reading = queueOf(record);
  if (typeof reading === 'string') throw new Error(reading);
  expect(reading.found.plans.map(({ name, run }) => [name, run])).toEqual([
    ['lr 0.01', 1],
    ['lr 0.1', null],
  ]);
});

test.each(Object.entries(VERSIONS))('there is an example of today’s form of %s', (kind, version) => {
  const records = TODAY[kind]?.map(([, record]) => record) ?? [];
  expect(records).not.toEqual([]);
  for (const record of records) expect(record).toMatchObject({ version, kind });
});
