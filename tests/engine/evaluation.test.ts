import { memory } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { argmax } from '../../src/core/evaluation/confusion.ts';
import type { Trainer } from '../../src/engine/engine.ts';
import { EVERY_KIND, graphOf, SMALL_DENSE } from './support/networks.ts';
import { CALM, RECIPE, startEngine, UNWATCHED } from './support/training.ts';
import { expectClose } from './support/values.ts';

const engine = await startEngine('webgl');
const graph = graphOf(...EVERY_KIND);

/** A trainer after 20 steps, freed after each test. */
let trainer: Trainer;
let before = 0;
beforeEach(async () => {
  before = memory().numTensors;
  trainer = await engine.createTrainer(graph, RECIPE);
  for (let step = 0; step < 20; step++) await trainer.trainStep(CALM);
});
afterEach(() => {
  trainer.dispose();
  expect(memory().numTensors).toBe(before);
});

test('the whole test set is answered, image by image in order', async () => {
  const { set, indices, labels, loss, accuracy, probabilities } = await trainer.evaluate('test', UNWATCHED);
  expect(set).toBe('test');
  expect(indices).toEqual(Uint32Array.from({ length: 10_000 }, (_, i) => i));
  expect([...labels.slice(0, 5)]).toEqual([9, 2, 1, 1, 6]);
  const hits = labels.filter((label, image) => argmax(probabilities, image, 10) === label).length;
  expect(accuracy).toBe(hits / 10_000);
  expect(accuracy).toBeGreaterThan(0.3);
  const surprise = Array.from(labels, (label, image) => -Math.log(probabilities[image * 10 + label] ?? 0));
  expect(loss).toBeCloseTo(surprise.reduce((sum, value) => sum + value, 0) / 10_000, 4);
});

test('the last batch of a set is answered as every other', async () => {
  const progress: number[][] = [];
  const onProgress = (done: number, total: number) => progress.push([done, total]);
  const { indices, probabilities } = await trainer.evaluate('validation', { signal: CALM, onProgress });
  expect(progress).toEqual([
    [250, 400],
    [400, 400],
  ]);
  expectClose(await trainer.predict(engine.samples('train', indices)), probabilities, 1e-6);
  const last = await trainer.predict(engine.samples('train', indices.slice(-1)));
  expectClose(last, probabilities.slice(-10), 1e-6);
  expect(last.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
});

test('the training sample is as large as the validation set, and the two have no image in common', async () => {
  const sample = await trainer.evaluate('trainSample', UNWATCHED);
  const again = await trainer.evaluate('trainSample', UNWATCHED);
  const validation = await trainer.evaluate('validation', UNWATCHED);
  expect(sample.indices).toHaveLength(validation.indices.length);
  expect(validation.indices.filter((index) => sample.indices.includes(index))).toHaveLength(0);
  expect(again).toEqual(sample);
});

test('an aborted evaluation stops before the next batch', async () => {
  const abort = new AbortController();
  const done: number[] = [];
  const onProgress = (count: number) => {
    done.push(count);
    if (count === 500) abort.abort();
  };
  const evaluation = trainer.evaluate('test', { signal: abort.signal, onProgress });
  await expect(evaluation).rejects.toMatchObject({ name: 'AbortError' });
  expect(done).toEqual([250, 500]);
});

test.each(['webgl', 'cpu'] as const)('messages get through between two batches (%s)', async (backend) => {
  const spare = await startEngine(backend);
  const judged = await spare.createTrainer(graphOf(...SMALL_DENSE), RECIPE);
  const { port1, port2 } = new MessageChannel();
  let received = 0;
  port2.onmessage = () => {
    received += 1;
  };
  const at: number[] = [];
  const onProgress = () => {
    at.push(received);
    port1.postMessage(null);
  };
  await judged.evaluate('validation', { signal: CALM, onProgress });
  port2.close();
  judged.dispose();
  await engine.open('webgl');
  expect(at).toEqual([0, 1]);
});

test('judging a network changes nothing in its training', async () => {
  const other = await engine.createTrainer(graph, RECIPE);
  for (let step = 0; step < 25; step++) await other.trainStep(CALM);
  await trainer.evaluate('validation', UNWATCHED);
  for (let step = 0; step < 5; step++) await trainer.trainStep(CALM);
  const [interrupted, straight] = [await trainer.readMetrics(), await other.readMetrics()];
  other.dispose();
  expect(interrupted).toEqual(straight);
});
