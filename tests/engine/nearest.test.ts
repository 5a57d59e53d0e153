import { beforeAll, expect, test } from 'vitest';
import { FASHION_MNIST } from '../../src/datasets/fashion-mnist/spec.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { CALM, DATA_URL } from './support/training.ts';

/** An engine with all 70,000 images, and what the stream said of the training images' classes. */
let engine: Engine;
const labels = new Uint8Array(FASHION_MNIST.splits.train);

beforeAll(async () => {
  engine = createEngine();
  await new Promise<void>((resolve, reject) => {
    engine.openDataset(DATA_URL, {
      onSpec: () => {},
      onShard: ({ split, first, labels: some, shardsArrived, shardsTotal }) => {
        if (split === 'train') labels.set(some, first);
        if (shardsArrived === shardsTotal) resolve();
      },
      onFailure: ({ message }) => reject(new Error(message)),
    });
  });
});

/** The root of the mean squared difference of two images. */
function distance(a: Uint8Array, b: Uint8Array): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - (b[i] ?? 0)) ** 2, 0) / 784);
}

test('a training image is found at its place, among all 60,000, with its class', async () => {
  const places = Uint32Array.of(0, 31_415, 59_999);
  const found = await engine.nearest(engine.samples('train', places), 1, CALM);
  expect(found).toEqual({
    searched: 60_000,
    indices: places,
    distances: new Float32Array(3),
    labels: Uint8Array.from(places, (place) => labels[place] ?? 255),
  });
});

test('the eight images nearest to a test image come in order, at their true distances', async () => {
  const boot = engine.samples('test', Uint32Array.of(0));
  const found = await engine.nearest(boot, 8, CALM);
  expect(found.distances).toEqual(found.distances.toSorted());
  const pixels = engine.samples('train', found.indices);
  found.distances.forEach((far, i) => {
    expect(far).toBeCloseTo(distance(boot, pixels.subarray(i * 784, (i + 1) * 784)), 4);
  });
  expect(found.labels).toEqual(Uint8Array.from(found.indices, (index) => labels[index] ?? 255));
  // The test set's first image is an ankle boot.
  expect(found.labels).toEqual(new Uint8Array(8).fill(9));
});

test('a search lets messages in, and ends when it is aborted', async () => {
  const { port1, port2 } = new MessageChannel();
  let turns = 0;
  port1.onmessage = () => {
    turns++;
    port2.postMessage(null);
  };
  port2.postMessage(null);
  const abort = new AbortController();
  const search = engine.nearest(engine.samples('test', Uint32Array.of(1)), 1, abort.signal);
  await search;
  expect(turns).toBeGreaterThan(10);
  const other = engine.nearest(engine.samples('test', Uint32Array.of(1)), 1, abort.signal);
  abort.abort();
  await expect(other).rejects.toMatchObject({ name: 'AbortError' });
  port1.close();
});

test('with an empty store nothing is found', async () => {
  const empty = createEngine();
  empty.openDataset(DATA_URL, { onSpec: () => {}, onShard: () => {}, onFailure: () => {} });
  const found = await empty.nearest(new Uint8Array(784), 5, CALM);
  expect(found).toMatchObject({ searched: 0, indices: new Uint32Array(), labels: new Uint8Array() });
});
