import { beforeAll, describe, expect, test, vi } from 'vitest';
import { SampleStore } from '../../../src/dataset/store.ts';
import type { ArrivedShard } from '../../../src/dataset/stream.ts';
import { TrainingSet } from '../../../src/dataset/training-set.ts';
import { fakeServer, record, smallManifest } from './support.ts';

vi.setConfig({ testTimeout: 60_000 });

const manifest = smallManifest(3, 1);
let shards: readonly ArrivedShard[];

beforeAll(async () => {
  const recorded = record(fakeServer(manifest));
  await recorded.stream.done;
  shards = recorded.shards;
});

/** A training set of 2,500 images, a fifth for validation, and a store that has the first shards. */
function open(labelNoise: number, arrived = 4) {
  const store = new SampleStore(manifest.spec);
  for (const shard of shards.slice(0, arrived)) store.add(shard.entry.split, shard.first, shard);
  const options = { samples: 2500, validationFraction: 0.2, seed: 42, labelNoise };
  return { set: new TrainingSet(store, manifest.shards, options), store };
}

describe('the labels that are trained on', () => {
  test('are those of the data set where there is no noise', () => {
    const { set, store } = open(0);
    expect(set.labels()).toEqual(store.labels('train').slice(0, 2500));
  });

  test('are wrong for exactly the share asked for of the training images, and for no validation image', async () => {
    const { set, store } = open(0.15);
    const { train, validation } = await set.split();
    const [noisy, clean] = [set.labels(), store.labels('train')];
    expect(train.filter((image) => noisy[image] !== clean[image])).toHaveLength(300);
    expect(validation.filter((image) => noisy[image] !== clean[image])).toHaveLength(0);
  });

  test('are known shard by shard, and do not change when more arrive', () => {
    const early = open(0.3, 1).set.labels();
    expect(early).toHaveLength(1000);
    expect(open(0.3).set.labels().slice(0, 1000)).toEqual(early);
  });
});

test('the sample of training images can be larger than the validation set', async () => {
  const { set } = open(0);
  const { train } = await set.split();
  expect(await set.trainSample()).toHaveLength(500);
  const larger = await set.trainSample(undefined, 1200);
  expect(new Set(larger).size).toBe(1200);
  expect([...larger].every((image) => train.includes(image))).toBe(true);
  expect(await set.trainSample(undefined, 10_000)).toHaveLength(2000);
});
