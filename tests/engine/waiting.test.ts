import { memory } from '@tensorflow/tfjs-core';
import { afterAll, expect, test, vi } from 'vitest';
import { createEngine } from '../../src/engine/create-engine.ts';
import { graphOf, SMALL_DENSE } from './support/networks.ts';
import { CALM, DATA_URL, RECIPE } from './support/training.ts';

/** Files that the server keeps back, and how to let them go. */
const held = new Map<string, () => void>();

const serve = globalThis.fetch.bind(globalThis);

/** A server that sends what it is asked for, but for files whose name `holds` matches, until they are let go. */
function serverThatHolds(holds: RegExp): typeof fetch {
  return async (input, init) => {
    const name = String(input).replace(/^.*\//, '');
    if (holds.test(name)) await new Promise<void>((resolve) => held.set(name, resolve));
    return serve(input, init);
  };
}

afterAll(() => vi.unstubAllGlobals());

test('a step waits for images that have not arrived, gives up when aborted, and goes on when they are there', async () => {
  vi.stubGlobal('caches', undefined);
  vi.stubGlobal('fetch', serverThatHolds(/^train-01/));
  const engine = createEngine();
  const arrivals: number[] = [];
  engine.openDataset(DATA_URL, {
    onSpec: () => {},
    onShard: ({ first, labels, preview, shardsTotal }) =>
      arrivals.push(first, labels.length, preview.length / 784, shardsTotal),
    onFailure: () => {},
  });
  await engine.open('webgl');
  const before = memory().numTensors;
  const recipe = { ...RECIPE, batchSize: 250, validationSplit: 0 };
  const trainer = await engine.createTrainer(graphOf(...SMALL_DENSE), recipe);
  for (let step = 0; step < 4; step++) await trainer.trainStep(CALM);
  expect(arrivals).toEqual([0, 1000, 40, 70]);

  const abort = new AbortController();
  const waiting = trainer.trainStep(abort.signal);
  abort.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  expect(trainer.step).toBe(4);

  const patient = trainer.trainStep(CALM);
  held.get('train-01.bin')?.();
  await patient;
  expect(trainer.step).toBe(5);
  expect((await trainer.readMetrics()).losses).toHaveLength(5);
  trainer.dispose();
  expect(memory().numTensors).toBe(before);
});

test('a trainer that waits for the data set is given up when aborted', async () => {
  vi.stubGlobal('fetch', serverThatHolds(/^manifest/));
  const engine = createEngine();
  engine.openDataset(DATA_URL, { onSpec: () => {}, onShard: () => {}, onFailure: () => {} });
  await engine.open('webgl');
  expect(() => engine.samples('train', Uint32Array.of(0))).toThrow(RangeError);
  const abort = new AbortController();
  const waiting = engine.createTrainer(graphOf(...SMALL_DENSE), RECIPE, abort.signal);
  abort.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});

test('a damaged address is told as a failure, and the engine can be told to try again', async () => {
  vi.stubGlobal('fetch', async (input: RequestInfo | URL) =>
    String(input).endsWith('manifest.json') && held.has('broken') ? new Response('no', { status: 404 }) : serve(input),
  );
  held.set('broken', () => {});
  const engine = createEngine();
  const shard = await new Promise<number>((resolve) => {
    engine.openDataset(DATA_URL, {
      onSpec: () => {},
      onShard: ({ shardsArrived }) => resolve(shardsArrived),
      onFailure: ({ code }) => {
        expect(code).toBe('missing');
        held.delete('broken');
        engine.retryData();
      },
    });
  });
  expect(shard).toBe(1);
});
