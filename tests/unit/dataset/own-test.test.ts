import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { openDB } from 'idb';
import { beforeEach, expect, test } from 'vitest';
import { EMPTY_OWN_TEST, MOST_OWN_SAMPLES, withResult } from '../../../src/core/dataset/own-test.ts';
import { withOwnData } from '../../../src/dataset/own/database.ts';
import { removeOwnData } from '../../../src/dataset/own/own-data.ts';
import { ownTestsBytes, readOwnTest, writeOwnTest } from '../../../src/dataset/own/own-test.ts';

interface Stored {
  readonly version: number;
  readonly samples: readonly { readonly label: number; readonly values: readonly number[] }[];
  readonly results: readonly object[];
}

/** A record of the first form, as browsers have it. */
function record() {
  const path = new URL('../../fixtures/own-data/test-1.json', import.meta.url);
  const stored: Stored = JSON.parse(readFileSync(path, 'utf8'));
  return {
    ...stored,
    samples: stored.samples.map((sample) => ({ ...sample, values: Uint8Array.from(sample.values) })),
  };
}

const put = (value: unknown) => withOwnData((database) => database.put('test', value, 'digits'));

beforeEach(() => withOwnData((database) => database.clear('test')));

test('a test set of the first form is read as it was written', async () => {
  await put(record());
  const { samples, results } = await readOwnTest('digits', 4, 2);
  expect(samples.map(({ label, values }) => [label, ...values])).toEqual([
    [1, 0, 128, 255, 7],
    [0, 9, 9, 9, 9],
  ]);
  // Of which state of a run they are was not known then.
  expect(results).toEqual(record().results.map((result) => ({ ...result, mark: null })));
  expect(await ownTestsBytes()).toBe(8);
});

test('what was written is read, of each data set its own, and nothing is kept of an empty one', async () => {
  const own = withResult(
    { ...EMPTY_OWN_TEST, samples: [{ label: 0, values: Uint8Array.of(1, 2) }] },
    { run: 2, right: 1, total: 1, tested: null, mark: '9 0.5' },
  );
  await writeOwnTest('digits', own);
  expect(await readOwnTest('digits', 2, 2)).toEqual(own);
  expect(await readOwnTest('others', 2, 2)).toEqual(EMPTY_OWN_TEST);
  await writeOwnTest('others', own);
  await removeOwnData('others');
  expect(await readOwnTest('others', 2, 2)).toEqual(EMPTY_OWN_TEST);
  await writeOwnTest('digits', EMPTY_OWN_TEST);
  expect(await withOwnData((database) => database.count('test'))).toBe(0);
});

test.each([
  ['a newer form', () => ({ ...record(), version: 2 })],
  ['too many samples', () => ({ ...record(), samples: Array(MOST_OWN_SAMPLES + 1).fill(record().samples[0]) })],
  ['results that say nothing', () => ({ ...record(), results: [{ run: -1 }] })],
  ['a text', () => 'hello'],
])('of %s nothing is read, and it stays', async (_, made) => {
  await put(made());
  expect(await readOwnTest('digits', 4, 2)).toEqual(EMPTY_OWN_TEST);
  expect(await withOwnData((database) => database.count('test'))).toBe(1);
});

test('samples of another size, or of a class that there is not, are left out', async () => {
  await put(record());
  expect((await readOwnTest('digits', 4, 1)).samples).toHaveLength(1);
  expect((await readOwnTest('digits', 5, 2)).samples).toHaveLength(0);
});

test('the last result of each network is kept, the newest first', () => {
  const results = [1, 2, 1].reduce(
    (own, run, right) => withResult(own, { run, right, total: 9, tested: null, mark: null }),
    EMPTY_OWN_TEST,
  ).results;
  expect(results.map(({ run, right }) => [run, right])).toEqual([
    [1, 2],
    [2, 1],
  ]);
});

test('a database of the version before has its data sets still', async () => {
  indexedDB.deleteDatabase('fitting-room-data');
  const former = await openDB('fitting-room-data', 1, {
    upgrade(database) {
      database.createObjectStore('set');
      database.createObjectStore('file');
    },
  });
  await former.put('file', Uint8Array.of(1), ['a', 'manifest.json']);
  former.close();
  await writeOwnTest('a', { samples: [{ label: 0, values: Uint8Array.of(1) }], results: [] });
  expect(await withOwnData((database) => database.count('file'))).toBe(1);
  expect((await readOwnTest('a', 1, 2)).samples).toHaveLength(1);
});
