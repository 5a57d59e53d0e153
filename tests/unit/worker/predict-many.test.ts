import { afterEach, beforeEach, expect, test } from 'vitest';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { ServedWorker } from './served-worker.ts';

let worker: ServedWorker;

beforeEach(() => {
  worker = new ServedWorker();
});

afterEach(() => worker.close());

const recipe = { ...ciutacuCnn.recipe, epochs: 3, batchSize: 32 };

async function trainOneStep() {
  worker.send({ type: 'train', run: 1, dataset: FASHION_MNIST, network: ciutacuCnn.network, recipe, advance: 'batch' });
  await worker.phase('paused');
}

const many = (count: number) => ({ pixels: new Uint8Array(count * 784) });

test('many samples are classified in pieces by the newest network, and without one by none', async () => {
  expect(await worker.answerTo('predictMany', worker.ask('predictMany', many(2)))).toBeNull();
  await trainOneStep();
  const answer = await worker.answerTo('predictMany', worker.ask('predictMany', many(1300)));
  expect(answer).toMatchObject({ run: 1, step: 1 });
  expect(answer?.probabilities).toHaveLength(13_000);
  expect(worker.engine.trainers[0]?.log.filter((entry) => entry.startsWith('predict'))).toEqual([
    'predict 600',
    'predict 600',
    'predict 100',
  ]);
});

test('another network answers with the weights that come with the question, and is dropped after it', async () => {
  const { network } = ciutacuCnn;
  const weights = [Float32Array.of(1), Float32Array.of(0.25)];
  const question = { dataset: FASHION_MNIST, network, weights, ...many(700) };
  const shares = await worker.answerTo('predictWith', worker.ask('predictWith', question));
  expect(shares).toEqual(new Float32Array(7000).fill(0.25));
  expect(worker.engine.disposed).toEqual([0.25]);
  const faulty = { ...question, network: { layers: network.layers.slice(0, 1) } };
  await expect(worker.answerTo('predictWith', worker.ask('predictWith', faulty))).rejects.toMatchObject({
    name: 'RangeError',
  });
});

test('a question that nobody waits for ends before its next piece', async () => {
  await trainOneStep();
  const request = worker.ask('predictMany', many(6000));
  worker.send({ type: 'cancel', request });
  await expect(worker.answerTo('predictMany', request)).rejects.toMatchObject({ name: 'AbortError' });
  expect(worker.engine.trainers[0]?.log.filter((entry) => entry.startsWith('predict')).length).toBeLessThan(10);
});
