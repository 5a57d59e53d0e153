import { beforeAll, describe, expect, it, vi } from 'vitest';
import { SampleStore } from '../../../src/dataset/store.ts';
import type { ArrivedShard } from '../../../src/dataset/stream.ts';
import { TrainingSet, type TrainingSetOptions } from '../../../src/dataset/training-set.ts';
import { fakeServer, record, smallManifest } from './support.ts';

vi.setConfig({ testTimeout: 60_000 });

const manifest = smallManifest(3, 1);
const OPTIONS = { samples: 2500, validationFraction: 0.2, seed: 42 };
let shards: readonly ArrivedShard[];

beforeAll(async () => {
  const recorded = record(fakeServer(manifest));
  await recorded.stream.done;
  shards = recorded.shards;
});

/** A training set, and the way to let the next shards arrive. */
function open(options: Partial<TrainingSetOptions> = {}) {
  const store = new SampleStore(manifest.spec);
  let next = 0;
  const arrive = (count: number) => {
    for (const shard of shards.slice(next, next + count)) store.add(shard.entry.split, shard.first, shard);
    next += count;
  };
  return { set: new TrainingSet(store, manifest.shards, { ...OPTIONS, ...options }), store, arrive };
}

async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const turn = new Promise<boolean>((resolve) => setImmediate(() => resolve(false)));
  return Promise.race([promise.then(() => true), turn]);
}

async function epoch(set: TrainingSet, number: number, batchSize: number): Promise<number[]> {
  const steps = Array.from({ length: set.stepsPerEpoch(batchSize) }, (_, step) => set.batch(number, step, batchSize));
  return (await Promise.all(steps)).flatMap((batch) => [...batch]);
}

describe('TrainingSet', () => {
  it('knows its sizes before any image has arrived', () => {
    const { set } = open();
    expect([set.trainCount, set.validationCount, set.stepsPerEpoch(128)]).toEqual([2000, 500, 16]);
    const all = open({ samples: 100, validationFraction: 0 }).set;
    expect([all.trainCount, all.validationCount, all.stepsPerEpoch(128)]).toEqual([100, 0, 1]);
  });

  it('gives the steps of the first epoch as their shards arrive', async () => {
    const { set, arrive } = open();
    const first = set.batch(0, 0, 100);
    expect(await isSettled(first)).toBe(false);
    arrive(1);
    const images = await first;
    expect(images.length).toBe(100);
    expect(images.every((image) => image < 1000)).toBe(true);
    await set.batch(0, 7, 100);
    const ninth = set.batch(0, 8, 100);
    expect(await isSettled(ninth)).toBe(false);
    arrive(1);
    expect((await ninth).every((image) => image >= 1000 && image < 2000)).toBe(true);
  });

  it('waits for the next shard where a batch reaches into it', async () => {
    const { set, arrive } = open();
    arrive(1);
    const across = set.batch(0, 2, 300);
    expect(await isSettled(across)).toBe(false);
    arrive(1);
    const images = await across;
    expect(images.slice(0, 200).every((image) => image < 1000)).toBe(true);
    expect(images.slice(200).every((image) => image >= 1000 && image < 2000)).toBe(true);
  });

  it('shows each training image once an epoch, the first few again in the last batch, and no validation image', async () => {
    const { set, arrive } = open();
    arrive(3);
    const { train, validation } = await set.split();
    expect([train.length, validation.length]).toEqual([2000, 500]);
    expect(Math.max(...train, ...validation)).toBe(2499);
    for (const number of [0, 1, 2]) {
      const shown = await epoch(set, number, 128);
      expect(shown.length).toBe(16 * 128);
      expect(Uint32Array.from(shown.slice(0, 2000)).toSorted()).toEqual(train);
      expect(shown.slice(2000)).toEqual(shown.slice(0, 48));
    }
  });

  it('walks the shards in the first epoch, and mixes them in later ones', async () => {
    const { set, arrive } = open();
    arrive(3);
    const shardOf = (image: number) => Math.floor(image / 1000);
    const first = (await epoch(set, 0, 100)).map(shardOf);
    expect(first).toEqual(first.toSorted());
    const [second, third] = [await epoch(set, 1, 100), await epoch(set, 2, 100)];
    expect(new Set(second.slice(0, 100).map(shardOf))).toEqual(new Set([0, 1, 2]));
    expect(third).not.toEqual(second);
  });

  it('gives the same batches however the images arrived, and in whatever order they are asked for', async () => {
    const [slow, fast] = [open(), open()];
    const asked = epoch(slow.set, 0, 128);
    fast.arrive(3);
    for (let i = 0; i < 3; i++) {
      slow.arrive(1);
      await isSettled(asked);
    }
    const later = await fast.set.batch(5, 3, 128);
    await fast.set.batch(2, 0, 128);
    expect(await epoch(fast.set, 0, 128)).toEqual(await asked);
    expect(await slow.set.batch(5, 3, 128)).toEqual(later);
  });

  it('takes another split and another order for another seed', async () => {
    const [one, two] = [open(), open({ seed: 43 })];
    one.arrive(3);
    two.arrive(3);
    expect((await two.set.split()).validation).not.toEqual((await one.set.split()).validation);
    expect(await two.set.batch(1, 0, 32)).not.toEqual(await one.set.batch(1, 0, 32));
  });

  it('draws a sample of training images as large as the validation set', async () => {
    const { set, arrive } = open();
    arrive(3);
    const sample = await set.trainSample();
    const train = new Set((await set.split()).train);
    expect(sample.length).toBe(500);
    expect(new Set(sample).size).toBe(500);
    expect(sample.every((image) => train.has(image))).toBe(true);
    expect(sample).toEqual(sample.toSorted());
    expect(await set.trainSample()).toEqual(sample);
  });

  it('stops waiting when aborted', async () => {
    const abort = new AbortController();
    const waiting = open().set.batch(0, 0, 32, abort.signal);
    abort.abort(new Error('Stopped.'));
    await expect(waiting).rejects.toThrow('Stopped.');
  });

  it('refuses more images than there are, and none', () => {
    expect(() => open({ samples: 3001 })).toThrow('There are no 3001 samples to train on.');
    expect(() => open({ samples: 0 })).toThrow(RangeError);
    expect(() => open({ validationFraction: 1 })).toThrow(RangeError);
  });
});
