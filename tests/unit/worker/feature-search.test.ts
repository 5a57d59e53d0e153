import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLayer } from '../../../src/core/network/network.ts';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import type { Advance } from '../../../src/protocol/commands.ts';
import { ServedWorker } from './served-worker.ts';

let worker: ServedWorker;

beforeEach(() => {
  worker = new ServedWorker();
});

afterEach(() => worker.close());

const recipe = { ...ciutacuCnn.recipe, epochs: 3, batchSize: 32 };
const regression = {
  layers: [createLayer('flatten', 'flatten'), createLayer('dense', 'output', { units: 10, activation: 'softmax' })],
};

function train(run: number, advance: Advance, network = ciutacuCnn.network) {
  worker.send({ type: 'train', run, dataset: FASHION_MNIST, network, recipe, advance });
}

const ask = () => worker.ask('featureNeighbours', { pixels: new Uint8Array(784), k: 2 });
const answered = (request: number) => worker.answerTo('featureNeighbours', request);

function progressOf(request: number): number[] {
  return worker
    .all('requestProgressed')
    .flatMap((event) => (event.request === request && 'done' in event.progress ? [event.progress.done] : []));
}

test('the network of the run is asked, with the weights of the step that it stands at', async () => {
  train(1, 'batch');
  await worker.phase('paused');
  const found = await answered(ask());
  // The fake network finds the image whose place is its step.
  expect(found).toEqual({
    type: 'found',
    by: { run: 1, step: 1, testAccuracy: null },
    layer: { position: 3, name: 'Dense 1', width: 100 },
    neighbours: {
      searched: 5,
      indices: Uint32Array.of(1, 1),
      distances: new Float32Array(2),
      labels: Uint8Array.of(8, 8),
    },
  });
});

test('the index is made once for a step, and anew when the run has learned more', async () => {
  train(1, 'batch');
  await worker.phase('paused');
  await answered(ask());
  await answered(ask());
  expect(worker.engine.indexes).toHaveLength(1);
  worker.send({ type: 'advance', run: 1, advance: 'batch' });
  await worker.phase('paused', 2);
  expect(await answered(ask())).toMatchObject({ by: { step: 2 }, neighbours: { indices: Uint32Array.of(2, 2) } });
  expect(worker.engine.indexes.map(({ done }) => done)).toEqual([5, 5]);
  expect(worker.engine.disposed).toEqual([1]);
});

test('training goes on while the images go through the network, and the answer is about the step that was asked', async () => {
  train(1, 'batch');
  await worker.phase('paused');
  worker.send({ type: 'advance', run: 1, advance: 'run' });
  await worker.phase('training', 2);
  const found = await answered(ask());
  const asked = found?.type === 'found' ? found.by.step : 0;
  expect(worker.engine.trainers[0]?.step).toBeGreaterThan(asked);
  expect(found).toMatchObject({ neighbours: { indices: Uint32Array.of(asked, asked) } });
  await worker.phase('finished');
});

test('a newer question ends the one under way but goes on with its index, even when the run has learned since', async () => {
  train(1, 'batch');
  await worker.phase('paused');
  const first = ask();
  await worker.until(() => progressOf(first).length > 0);
  worker.send({ type: 'advance', run: 1, advance: 'batch' });
  const second = ask();
  expect(await answered(second)).toMatchObject({ type: 'found', by: { run: 1, step: 1 } });
  await expect(answered(first)).rejects.toMatchObject({ name: 'AbortError' });
  expect(worker.engine.indexes.map(({ done }) => done)).toEqual([5]);
});

test('a question that nobody waits for ends, and what was made of the index is used later', async () => {
  train(1, 'batch');
  await worker.phase('paused');
  const first = ask();
  await worker.until(() => progressOf(first).length > 0);
  worker.send({ type: 'cancel', request: first });
  await expect(answered(first)).rejects.toMatchObject({ name: 'AbortError' });
  const done = worker.engine.indexes[0]?.done ?? 0;
  expect(done).toBeLessThan(5);
  expect(await answered(ask())).toMatchObject({ type: 'found', by: { step: 1 } });
  expect(worker.engine.indexes).toHaveLength(1);
});

test('a new run frees what the one before has left', async () => {
  train(1, 'batch');
  await worker.phase('paused');
  await answered(ask());
  train(2, 'batch');
  await worker.phase('paused', 2);
  expect(worker.engine.disposed).toEqual([1]);
  expect(await answered(ask())).toMatchObject({ by: { run: 2, step: 1 } });
});

test('a network without a hidden layer says so, and no image is sent through it', async () => {
  train(1, 'batch', regression);
  await worker.phase('paused');
  expect(await answered(ask())).toEqual({ type: 'pixels', by: { run: 1, step: 1, testAccuracy: null } });
  expect(worker.engine.indexes[0]?.done).toBe(0);
});

test('without a run and without the network that ships there is nobody to ask', async () => {
  expect(await answered(ask())).toEqual({ type: 'noNetwork' });
});

test('what goes wrong is said to who asked, and the run goes on', async () => {
  train(1, 'batch');
  await worker.phase('paused');
  worker.engine.failIndex = new RangeError('Array buffer allocation failed');
  await expect(answered(ask())).rejects.toThrow('Array buffer allocation failed');
  worker.send({ type: 'advance', run: 1, advance: 'run' });
  await worker.phase('finished');
  expect(worker.all('failed')).toEqual([]);
});
