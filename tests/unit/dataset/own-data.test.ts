import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test } from 'vitest';
import { ownDataPath } from '../../../src/core/dataset/own-dataset.ts';
import { parseManifest } from '../../../src/dataset/manifest.ts';
import { withOwnData } from '../../../src/dataset/own/database.ts';
import { keepOwnData } from '../../../src/dataset/own/keep.ts';
import { fetchOwnData, isOwnData, listOwnData, removeOwnData } from '../../../src/dataset/own/own-data.ts';
import { streamDataset } from '../../../src/dataset/stream.ts';
import { patches, points } from '../../support/proof-datasets.ts';

const addressOf = (id: string) => `https://lab.example/room/${ownDataPath(id)}`;
const keep = (made: ReturnType<typeof patches>, now = 1) => {
  const { id: _, splits: __, ...description } = made.spec;
  return keepOwnData({ description, samples: made.samples }, { now, onProgress: () => {} });
};

/** What the stream of a kept data set brings, joined. */
async function streamed(id: string) {
  const train: number[] = [];
  const errors: string[] = [];
  const { done } = streamDataset({
    baseUrl: addressOf(id),
    onManifest: () => {},
    onShard: ({ entry, labels, values }) => {
      if (entry.split === 'train') train.push(...labels, ...values);
    },
    onFailure: ({ message }) => errors.push(message),
    fetch: fetchOwnData,
    caches: undefined,
  });
  expect(await done).toBe(true);
  expect(errors).toEqual([]);
  return Uint8Array.from(train);
}

beforeEach(async () => {
  for (const { spec } of (await listOwnData()).sets) await removeOwnData(spec.id);
});

test('a kept data set streams as it was made', async () => {
  const made = points();
  const { spec } = await keep(made);
  expect(spec).toEqual({ ...made.spec, id: spec.id });
  const { labels, values } = made.samples.train;
  expect(await streamed(spec.id)).toEqual(Uint8Array.of(...labels, ...values));
});

test('the files that it was made of are kept with it', async () => {
  const made = points();
  const form = { encoding: 'utf-8', delimiter: ';', hasNames: true, width: 3 } as const;
  const opened = {
    kind: 'table',
    name: 'days.csv',
    form,
    columns: [0, 1],
    answer: 2,
    testShare: 0.2,
    seed: 1,
  } as const;
  const { spec } = await keep({ ...made, spec: { ...made.spec, opened } });
  const manifest = await fetchOwnData(`${addressOf(spec.id)}manifest.json`);
  expect(parseManifest(await manifest.text()).spec.opened).toEqual(opened);
  expect((await listOwnData()).sets[0]?.spec.opened).toEqual(opened);
});

test('its id says its title and depends on its contents; the same data take one place', async () => {
  const made = patches();
  const first = await keep(made);
  expect(first.spec.id).toMatch(/^patches-[0-9a-f]{8}$/);
  expect((await keep(made, 2)).spec.id).toBe(first.spec.id);
  expect(await listOwnData()).toEqual({ sets: [{ ...first, made: 2 }], newer: 0, unreadable: 0 });
  made.samples.train.values[0] = (made.samples.train.values[0] ?? 0) ^ 1;
  expect((await keep(made)).spec.id).not.toBe(first.spec.id);
});

test('a title of no letters has an id nevertheless', async () => {
  const made = points();
  const { spec } = await keep({ ...made, spec: { ...made.spec, title: '雨' } });
  expect(spec.id).toMatch(/^data-[0-9a-f]{8}$/);
});

test('the newest is listed first, what is of another form is counted', async () => {
  await keep(points(), 1);
  await keep(patches(), 2);
  await withOwnData((database) => database.put('set', { version: 99 }, 'newer'));
  await withOwnData((database) => database.put('set', 'garbage', 'garbage'));
  const { sets, newer, unreadable } = await listOwnData();
  expect(sets.map(({ spec }) => spec.title)).toEqual(['Patches', 'Points']);
  expect([newer, unreadable]).toEqual([1, 1]);
  await removeOwnData('newer');
  await removeOwnData('garbage');
});

test('its bytes are those of all its files', async () => {
  const { spec, bytes } = await keep(points());
  const files = await withOwnData((database) => database.getAll('file'));
  expect(files.length).toBe(3);
  expect(bytes).toBe(files.reduce((sum, file) => sum + file.length, 0));
  await removeOwnData(spec.id);
  expect(await withOwnData((database) => database.getAll('file'))).toEqual([]);
});

describe('an address', () => {
  test('of a file that is not there is answered with 404', async () => {
    expect((await fetchOwnData(`${addressOf('none-12345678')}manifest.json`)).status).toBe(404);
    expect((await fetchOwnData('https://lab.example/data/manifest.json')).status).toBe(404);
  });

  test.each([
    [addressOf('a-1'), true],
    [`${addressOf('a-1')}train-0.bin`, true],
    ['https://lab.example/data/', false],
    ['https://lab.example/own-data/../data/', false],
    ['https://lab.example/own-data/a/b/c', false],
  ])('%s is told apart: %s', (address, expected) => expect(isOwnData(address)).toBe(expected));
});
