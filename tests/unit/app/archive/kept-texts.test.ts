import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Database } from '../../../../src/app/archive/database.ts';
import { FoundTexts } from '../../../../src/app/archive/found-texts.ts';
import { KeptTexts } from '../../../../src/app/archive/kept-texts.ts';
import { Owner } from '../../../../src/app/archive/owner.ts';
import { createStorageControl, type StorageControl } from '../../../../src/state/storage.ts';
import { emptyBrowser, fillDisk, storedRecords, storeRecords } from './support.ts';

let storage: StorageControl;

beforeEach(() => {
  emptyBrowser();
  storage = createStorageControl();
});

/** A page that begins: it has read drafts and settings. */
async function visit(database = new Database(), owner?: Owner) {
  const found = new FoundTexts();
  await found.find(database, 'draft');
  await found.find(database, 'setting');
  return { database, found, texts: new KeptTexts(database, found, storage, owner) };
}

const problems = () => storage.store.getState().problems;
const draft = (text: string) => ({ version: 2, kind: 'draft', text });

test('what was written is found on the next visit, the newest of each', async () => {
  const { texts } = await visit();
  texts.write('draft', 'garments', () => 'one');
  texts.write('draft', 'garments', () => 'two');
  texts.write('draft', 'digits', () => 'three');
  texts.write('setting', 'tab', () => 'report');
  await vi.waitFor(async () => expect((await visit()).found.texts.size).toBe(3));
  const { found } = await visit();
  await vi.waitFor(async () => expect((await visit()).found.read('draft', 'garments')).toBe('two'));
  expect(found.read('draft', 'digits')).toBe('three');
  expect(found.read('setting', 'tab')).toBe('report');
  expect(found.read('draft', 'tab')).toBeNull();
});

test('a change is on its way to the database at once, and those that follow wait only for that one', async () => {
  const { database, texts } = await visit();
  const opened = await database.open();
  const begin = vi.spyOn(opened, 'transaction');
  const made: string[] = [];
  for (const text of ['1', '2', '3', '4'])
    texts.write('draft', 'garments', () => {
      made.push(text);
      return text;
    });
  await vi.waitFor(async () => expect(await storedRecords('draft')).toEqual({ garments: draft('4') }));
  expect(made).toEqual(['1', '4']);
  expect(begin).toHaveBeenCalledTimes(2);
});

test('when the page goes before it hears whose the database is, what is under way is written nevertheless', async () => {
  const owner = new Owner('this tab');
  const { texts } = await visit(undefined, owner);
  const check = vi.spyOn(owner, 'check').mockReturnValue(new Promise(() => undefined));
  texts.write('draft', 'garments', () => '1');
  await vi.waitFor(() => expect(check).toHaveBeenCalled());
  texts.flush();
  await vi.waitFor(async () => expect(await storedRecords('draft')).toEqual({ garments: draft('1') }));
});

test('when the page goes, a writing that has not heard whose the database is does not hold up the last one', async () => {
  const owner = new Owner('this tab');
  const { database, texts } = await visit(undefined, owner);
  await owner.claim(database);
  const begin = vi.spyOn(await database.open(), 'transaction');
  texts.write('draft', 'garments', () => '1');
  await Promise.resolve();
  await Promise.resolve();
  expect(begin).toHaveBeenCalledOnce();
  const ended = new Promise((resolve) => begin.mock.results[0]?.value.addEventListener('abort', resolve));
  texts.write('setting', 'results-tab', () => 'inside');
  texts.flush();
  await ended;
  await vi.waitFor(async () => expect(await storedRecords('draft')).toEqual({ garments: draft('1') }));
  expect(Object.keys(await storedRecords('setting'))).toEqual(['results-tab']);
  expect(problems()).toEqual([]);
});

test('when the page goes, what waits is on its way without waiting for what is', async () => {
  const { database, texts } = await visit();
  const begin = vi.spyOn(await database.open(), 'transaction');
  texts.write('draft', 'garments', () => '1');
  texts.write('draft', 'garments', () => '2');
  texts.flush();
  await Promise.resolve();
  await Promise.resolve();
  expect(begin).toHaveBeenCalledTimes(2);
  await vi.waitFor(async () => expect(await storedRecords('draft')).toEqual({ garments: draft('2') }));
});

test('what is forgotten is found no more', async () => {
  const { texts } = await visit();
  texts.write('drawing', 'garments', () => '4.0');
  await vi.waitFor(async () => expect(Object.keys(await storedRecords('drawing'))).toEqual(['garments']));
  texts.write('drawing', 'garments', () => null);
  await vi.waitFor(async () => expect(await storedRecords('drawing')).toEqual({}));
});

describe('what is no text of today', () => {
  test('garbage is left out, counted and told, and the rest is found', async () => {
    const records = {
      a: 'boot',
      b: null,
      c: draft('kept'),
      d: { kind: 'draft', text: '' },
      e: { version: 2, text: '' },
    };
    await storeRecords({ draft: { ...records, f: { version: 2, kind: 'draft', text: 3 } } });
    const { found } = await visit();
    expect([...found.texts]).toEqual([['draft c', 'kept']]);
    expect(problems()).toEqual([{ kind: 'unreadable', what: 'draft', count: 5 }]);
  });

  test('a record of a newer version is told, and never written over', async () => {
    const newer = { version: 3, kind: 'draft', layers: 'in another form' };
    await storeRecords({ draft: { garments: newer } });
    const { texts, found } = await visit();
    expect(found.read('draft', 'garments')).toBeNull();
    expect(problems()).toEqual([{ kind: 'newer', what: 'draft', count: 1 }]);
    texts.write('draft', 'garments', () => 'mine');
    texts.write('draft', 'digits', () => 'mine');
    await vi.waitFor(async () =>
      expect(await storedRecords('draft')).toEqual({ garments: newer, digits: draft('mine') }),
    );
  });

  test('a database of a newer version is told, and left as it is', async () => {
    await storeRecords({ draft: { garments: draft('of tomorrow') } }, { version: 4 });
    const { texts, found } = await visit();
    expect(found.texts.size).toBe(0);
    expect(problems()).toEqual([{ kind: 'newerDatabase' }]);
    texts.write('draft', 'garments', () => 'mine');
    await vi.waitFor(() => expect(problems()).toEqual([{ kind: 'newerDatabase' }]));
    expect(await storedRecords('draft')).toEqual({ garments: draft('of tomorrow') });
  });
});

test.each<readonly [string, () => void]>([
  ['has none', () => vi.stubGlobal('indexedDB', undefined)],
  [
    'blocks it',
    () =>
      vi.spyOn(indexedDB, 'open').mockImplementation(() => {
        throw new DOMException('Access is denied.', 'SecurityError');
      }),
  ],
])('where the browser %s, that is told', async (_how, block) => {
  block();
  await visit();
  vi.unstubAllGlobals();
  expect(problems()).toEqual([{ kind: 'unavailable' }]);
});

test('a database that the browser has closed is opened again', async () => {
  const { database, texts } = await visit();
  const opened = await database.open();
  opened.close();
  opened.onclose?.(new Event('close'));
  texts.write('draft', 'garments', () => 'again');
  await vi.waitFor(async () => expect(await storedRecords('draft')).toEqual({ garments: draft('again') }));
});

test('what does not fit is told, and written with the next change once there is room', async () => {
  const { database, texts } = await visit();
  const opened = await database.open();
  const full = fillDisk(opened);
  texts.write('draft', 'garments', () => 'mine');
  await vi.waitFor(() => expect(problems()).toEqual([{ kind: 'full', what: 'draft' }]));
  expect(await storedRecords('draft')).toEqual({});
  full.mockRestore();
  texts.write('setting', 'tab', () => 'report');
  await vi.waitFor(async () => expect(await storedRecords('draft')).toEqual({ garments: draft('mine') }));
  await vi.waitFor(() => expect(problems()).toEqual([]));
  expect(storage.store.getState().bytes).toMatchObject({ draft: 4, setting: 6 });
});
