import { afterEach, beforeEach, expect, test } from 'vitest';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { TestDesk } from './served-worker.ts';

let desk: TestDesk;

beforeEach(() => {
  desk = new TestDesk();
});

afterEach(() => desk.close());

const recipe = { ...ciutacuCnn.recipe, epochs: 3, batchSize: 32 };

async function trainOneStep(run = 1) {
  desk.send({ type: 'train', run, dataset: FASHION_MNIST, network: ciutacuCnn.network, recipe, advance: 'batch' });
  await desk.phase('paused');
}

test('a prediction before the first network answers null, and afterwards names the run and the step', async () => {
  const predict = () => desk.answerTo('predict', desk.ask('predict', { pixels: new Uint8Array(784) }));
  expect(await predict()).toBeNull();
  await trainOneStep();
  expect(await predict()).toMatchObject({ run: 1, step: 1 });
});

test('images are fetched by their place in the data set', async () => {
  const request = desk.ask('images', { split: 'test', indices: Uint32Array.of(1, 2) });
  expect(await desk.answerTo('images', request)).toHaveLength(1568);
});

test('the weights of a run can be fetched from its first step on, and no other run has any', async () => {
  const weightsOf = (run: number) => desk.answerTo('weights', desk.ask('weights', { run }));
  expect(await weightsOf(1)).toBeNull();
  await trainOneStep();
  expect(await weightsOf(1)).toEqual({ step: 1, values: [Float32Array.of(1)] });
  expect(await weightsOf(2)).toBeNull();
});

const twoImages = { pixels: new Uint8Array(2 * 784), k: 3 };

test('a search for the nearest images ends when a newer one comes, and says why', async () => {
  const [first, second] = [desk.ask('pixelNeighbours', twoImages), desk.ask('pixelNeighbours', twoImages)];
  const found = await desk.answerTo('pixelNeighbours', second);
  expect(found).toMatchObject({ searched: 1000, indices: new Uint32Array(6).fill(7) });
  await expect(desk.answerTo('pixelNeighbours', first)).rejects.toMatchObject({
    name: 'AbortError',
    message: 'A newer request came before the answer.',
  });
  expect(desk.all('failed')).toEqual([]);
});

test('a search that nobody waits for ends, and the next one is answered', async () => {
  const first = desk.ask('pixelNeighbours', twoImages);
  desk.send({ type: 'cancel', request: first });
  await expect(desk.answerTo('pixelNeighbours', first)).rejects.toMatchObject({ name: 'AbortError' });
  expect(await desk.answerTo('pixelNeighbours', desk.ask('pixelNeighbours', twoImages))).toMatchObject({
    searched: 1000,
  });
});

test('searches of different kinds do not end each other', async () => {
  await trainOneStep();
  const byPixels = desk.ask('pixelNeighbours', twoImages);
  const byFeatures = desk.ask('featureNeighbours', { pixels: new Uint8Array(784), k: 2 });
  expect(await desk.answerTo('featureNeighbours', byFeatures)).toMatchObject({ type: 'found' });
  expect(await desk.answerTo('pixelNeighbours', byPixels)).toMatchObject({ searched: 1000 });
});

test('a request that cannot be answered is refused by the name of its error, and nothing else fails', async () => {
  await trainOneStep();
  desk.engine.failIndex = new RangeError('Array buffer allocation failed');
  const request = desk.ask('featureNeighbours', { pixels: new Uint8Array(784), k: 2 });
  await expect(desk.answerTo('featureNeighbours', request)).rejects.toMatchObject({
    name: 'RangeError',
    message: 'Array buffer allocation failed',
  });
  expect(desk.all('failed')).toEqual([]);
});

test('a request that does not exist does not compile, and is refused where it comes all the same', async () => {
  // @ts-expect-error: there is no such request.
  desk.ask('horoscope', { run: 1 });
  await desk.until(() => desk.all('refused').length === 1);
  expect(desk.all('refused')[0]?.error.name).toBe('TypeError');
});

test('a request does not compile with the question of another', async () => {
  // @ts-expect-error: images are asked for by their split and their places.
  const request = desk.ask('images', { run: 1 });
  await expect(desk.answerTo('images', request)).rejects.toThrow();
});
