import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { ownDataPath } from '../../../../src/core/dataset/own-dataset.ts';
import { keepOwnData } from '../../../../src/dataset/own/keep.ts';
import { fetchOwnData, ownDataFolder } from '../../../../src/dataset/own/own-data.ts';
import { streamDataset } from '../../../../src/dataset/stream.ts';
import { extended } from '../../../../src/worker/reading/extended.ts';
import { digits } from '../../../support/proof-datasets.ts';

const addressOf = (id: string) => `https://lab.example/${ownDataPath(id)}`;
const quiet = () => {};

/** The samples of a kept data set as texts, label first: those to train on, and those to test on. */
async function samplesOf(id: string): Promise<Record<'train' | 'test', string[]>> {
  const found: Record<'train' | 'test', string[]> = { train: [], test: [] };
  const { done } = streamDataset({
    baseUrl: addressOf(id),
    onManifest: quiet,
    onShard: ({ entry, labels, values }) => {
      const size = values.length / labels.length;
      labels.forEach((label, place) => {
        found[entry.split].push(`${label} ${values.subarray(place * size, (place + 1) * size).join()}`);
      });
    },
    onFailure: quiet,
    fetch: fetchOwnData,
    caches: undefined,
  });
  expect(await done).toBe(true);
  return found;
}

test('a data set with more samples to train on has all of both, each with its label, and the same to test on', async () => {
  const { spec, samples } = digits();
  const { id: _, splits: __, ...description } = spec;
  const before = await keepOwnData({ description, samples }, { now: 1, onProgress: quiet });
  const values = new Uint8Array(3 * 256).map((_value, i) => (i * 7) % 251);
  const labels = Uint8Array.of(9, 0, 4);
  const extension = { baseUrl: addressOf(before.spec.id), title: 'Digits and my own', labels, values };
  const { dataset, notes } = await extended(extension, quiet);
  expect(dataset.spec).toMatchObject({ title: 'Digits and my own', splits: { train: 803, test: 200 } });
  expect(notes).toEqual(['3 samples of your own are among those to train on.']);
  const [former, now] = [await samplesOf(before.spec.id), await samplesOf(dataset.spec.id)];
  expect(now.test).toEqual(former.test);
  const added = [0, 1, 2].map((place) => `${labels[place]} ${values.subarray(place * 256, (place + 1) * 256).join()}`);
  expect(now.train.toSorted()).toEqual([...former.train, ...added].toSorted());
  // Not all at the end, where the first epoch would meet them last.
  expect(now.train.slice(-3)).not.toEqual(added);
});

test('a data set that is not there is refused with a sentence', async () => {
  const extension = {
    baseUrl: addressOf('nothing-0'),
    title: 'x',
    labels: Uint8Array.of(0),
    values: new Uint8Array(256),
  };
  await expect(extended(extension, quiet)).rejects.toThrow(/manifest\.json/);
});

test('the folder of a data set has its manifest and the files that it lists', async () => {
  const { spec, samples } = digits();
  const { id: _, splits: __, ...description } = spec;
  const { spec: kept } = await keepOwnData({ description, samples }, { now: 1, onProgress: quiet });
  const folder = await ownDataFolder(kept.id);
  const manifest = JSON.parse(new TextDecoder().decode(folder.get('manifest.json')));
  const listed = manifest.shards.map(({ file }: { readonly file: string }) => file);
  expect([...folder.keys()].toSorted()).toEqual([...listed, 'manifest.json'].toSorted());
});
