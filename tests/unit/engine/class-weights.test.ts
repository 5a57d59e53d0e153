import { beforeAll, expect, test, vi } from 'vitest';
import { defaultRecipe } from '../../../src/core/training/recipe.ts';
import { SampleStore } from '../../../src/dataset/store.ts';
import type { ArrivedShard } from '../../../src/dataset/stream.ts';
import { TrainingSet } from '../../../src/dataset/training-set.ts';
import { RunClassWeights } from '../../../src/engine/class-weights.ts';
import { fakeServer, record, smallManifest } from '../dataset/support.ts';

vi.setConfig({ testTimeout: 60_000 });

const manifest = smallManifest(2, 1);
const CALM = new AbortController().signal;
let shards: readonly ArrivedShard[];

beforeAll(async () => {
  const recorded = record(fakeServer(manifest));
  await recorded.stream.done;
  shards = recorded.shards;
});

/** The weights of a run on 1,500 samples, a fifth of them for validation, of which the first shards are here. */
function open(classWeights: 'none' | 'balanced', arrived: number) {
  const store = new SampleStore(manifest.spec);
  const arrive = (from: number, to: number) => {
    for (const shard of shards.slice(from, to)) store.add(shard.entry.split, shard.first, shard);
  };
  arrive(0, arrived);
  const options = { samples: 1500, validationFraction: 0.2, seed: 42, labelNoise: 0.3 };
  const trainingSet = new TrainingSet(store, manifest.shards, options);
  const recipe = { ...defaultRecipe(manifest.spec), classWeights };
  return { weights: new RunClassWeights(recipe, { store, trainingSet }), trainingSet, arrive };
}

test('all classes count the same in all over the samples that are trained on, wrong labels included', async () => {
  const { weights, trainingSet } = open('balanced', 3);
  const known = (await weights.read(CALM)) ?? [];
  const { train } = await trainingSet.split();
  const labels = trainingSet.labels();
  const shares = known.map((weight, label) => weight * train.filter((sample) => labels[sample] === label).length);
  for (const share of shares) expect(share).toBeCloseTo(1200 / known.length, 8);
  expect(await weights.read(CALM)).toBe(known);
});

test('the weights are waited for until all labels are here, and no longer than somebody waits', async () => {
  const { weights, arrive } = open('balanced', 1);
  const leaving = new AbortController();
  const left = weights.read(leaving.signal);
  leaving.abort();
  await expect(left).rejects.toThrow(/abort/i);
  const waiting = weights.read(CALM);
  arrive(1, 3);
  expect(await waiting).toHaveLength(manifest.spec.classes.length);
});

test('nothing is waited for where every sample counts the same', async () => {
  expect(await open('none', 0).weights.read(CALM)).toBeNull();
});
