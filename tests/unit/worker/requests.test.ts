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

async function trainOneStep(run = 1) {
  worker.send({ type: 'train', run, dataset: FASHION_MNIST, network: ciutacuCnn.network, recipe, advance: 'batch' });
  await worker.phase('paused');
}

test('a prediction before the first network answers null, and afterwards names the run and the step', async () => {
  const predict = () => worker.answerTo('predict', worker.ask('predict', { pixels: new Uint8Array(784) }));
  expect(await predict()).toBeNull();
  await trainOneStep();
  expect(await predict()).toMatchObject({ run: 1, step: 1 });
});

test('images are fetched by their place in the data set', async () => {
  const request = worker.ask('images', { split: 'test', indices: Uint32Array.of(1, 2) });
  expect(await worker.answerTo('images', request)).toHaveLength(1568);
});

test('the weights of a run can be fetched from its first step on, and no other run has any', async () => {
  const weightsOf = (run: number) => worker.answerTo('weights', worker.ask('weights', { run }));
  expect(await weightsOf(1)).toBeNull();
  await trainOneStep();
  expect(await weightsOf(1)).toEqual({ step: 1, values: [Float32Array.of(1)] });
  expect(await weightsOf(2)).toBeNull();
});

test('the memory of a training is planned for any setup without errors', async () => {
  const plan = (network = ciutacuCnn.network) =>
    worker.answerTo('plannedMemory', worker.ask('plannedMemory', { dataset: FASHION_MNIST, network, recipe }));
  expect(await plan()).toMatchObject({ weights: 0, batch: recipe.batchSize });
  expect(await plan({ layers: [] })).toBeNull();
});

const twoImages = { pixels: new Uint8Array(2 * 784), k: 3 };

test('a search for the nearest images ends when a newer one comes, and says why', async () => {
  const [first, second] = [worker.ask('pixelNeighbours', twoImages), worker.ask('pixelNeighbours', twoImages)];
  const found = await worker.answerTo('pixelNeighbours', second);
  expect(found).toMatchObject({ searched: 1000, indices: new Uint32Array(6).fill(7) });
  await expect(worker.answerTo('pixelNeighbours', first)).rejects.toMatchObject({
    name: 'AbortError',
    message: 'A newer request replaced this one.',
  });
  expect(worker.all('failed')).toEqual([]);
});

test('a search that nobody waits for ends, and the next one is answered', async () => {
  const first = worker.ask('pixelNeighbours', twoImages);
  worker.send({ type: 'cancel', request: first });
  await expect(worker.answerTo('pixelNeighbours', first)).rejects.toMatchObject({ name: 'AbortError' });
  expect(await worker.answerTo('pixelNeighbours', worker.ask('pixelNeighbours', twoImages))).toMatchObject({
    searched: 1000,
  });
});

test('searches of different kinds do not end each other', async () => {
  await trainOneStep();
  const byPixels = worker.ask('pixelNeighbours', twoImages);
  const byFeatures = worker.ask('featureNeighbours', { pixels: new Uint8Array(784), k: 2 });
  expect(await worker.answerTo('featureNeighbours', byFeatures)).toMatchObject({ type: 'found' });
  expect(await worker.answerTo('pixelNeighbours', byPixels)).toMatchObject({ searched: 1000 });
});

test('a request that cannot be answered is refused by the name of its error, and nothing else fails', async () => {
  await trainOneStep();
  worker.engine.failIndex = new RangeError('Array buffer allocation failed');
  const request = worker.ask('featureNeighbours', { pixels: new Uint8Array(784), k: 2 });
  await expect(worker.answerTo('featureNeighbours', request)).rejects.toMatchObject({
    name: 'RangeError',
    message: 'Array buffer allocation failed',
  });
  expect(worker.all('failed')).toEqual([]);
});

test('a request that does not exist does not compile, and is refused where it comes all the same', async () => {
  // @ts-expect-error: there is no such request.
  worker.ask('horoscope', { run: 1 });
  await worker.until(() => worker.all('refused').length === 1);
  expect(worker.all('refused')[0]?.error.name).toBe('TypeError');
});

test('a request does not compile with the question of another', async () => {
  // @ts-expect-error: images are asked for by their split and their places.
  const request = worker.ask('images', { run: 1 });
  await expect(worker.answerTo('images', request)).rejects.toThrow();
});
