import { afterEach, beforeEach, expect, test } from 'vitest';
import { at } from '../../../src/core/at.ts';
import { RATE_RANGE, rangeRateAt } from '../../../src/core/training/rate-range.ts';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { ServedWorker } from './served-worker.ts';

const { dataset, network } = ciutacuCnn;
const recipe = { ...ciutacuCnn.recipe, batchSize: 32 };
const setup = { dataset, network, recipe };

let worker: ServedWorker;
beforeEach(() => {
  worker = new ServedWorker();
});
afterEach(() => worker.close());

const adjusted = (log: readonly string[]) =>
  log.filter((entry) => entry.startsWith('adjust')).map((entry) => JSON.parse(entry.slice(7)).learningRate);

test('each step is taken at the next rate, whatever the schedule says, and the network is thrown away', async () => {
  const schedule = { kind: 'oneCycle', warmUpShare: 0.3, startDivisor: 25, finalDivisor: 10_000 } as const;
  const request = worker.ask('learningRateRange', { ...setup, recipe: { ...recipe, schedule } });
  const losses = await worker.answerTo('learningRateRange', request);
  expect(losses).toHaveLength(RATE_RANGE.steps);
  const trainer = at(worker.engine.trainers, 0);
  expect(adjusted(trainer.log)).toEqual(losses.map((_, step) => rangeRateAt(step)));
  expect(trainer.recipe.schedule).toEqual({ kind: 'constant' });
  expect(trainer.disposed).toBe(true);
});

test('it ends where the loss diverges', async () => {
  worker.engine.brokenStep = 0;
  const request = worker.ask('learningRateRange', setup);
  const losses = await worker.answerTo('learningRateRange', request);
  expect(losses.length).toBeLessThanOrEqual(RATE_RANGE.steps);
  expect(losses[0]).toBeNaN();
  expect(at(worker.engine.trainers, 0).disposed).toBe(true);
});

test('a paused run stands where it stood, and goes on from there', async () => {
  worker.send({ type: 'train', run: 1, ...setup, recipe: { ...recipe, epochs: 1 }, advance: 'batch' });
  await worker.phase('paused');
  await worker.answerTo('learningRateRange', worker.ask('learningRateRange', setup));
  const run = at(worker.engine.trainers, 0);
  expect(run).toMatchObject({ step: 1, disposed: false });
  expect(adjusted(run.log)).toEqual([]);
  worker.send({ type: 'advance', run: 1, advance: 'run' });
  await worker.phase('finished');
  expect(run.step).toBe(10);
});

test('a run that starts ends it first', async () => {
  const request = worker.ask('learningRateRange', setup);
  worker.send({ type: 'train', run: 1, ...setup, recipe: { ...recipe, epochs: 1 }, advance: 'run' });
  await expect(worker.answerTo('learningRateRange', request)).rejects.toMatchObject({ name: 'AbortError' });
  await worker.phase('finished');
  expect(worker.engine.trainers.filter(({ disposed }) => !disposed)).toEqual([worker.engine.trainers.at(-1)]);
});

test('a network with errors is refused, with the sentence that says why', async () => {
  const faulty = { ...setup, network: { layers: network.layers.slice(0, 1) } };
  const request = worker.ask('learningRateRange', faulty);
  await expect(worker.answerTo('learningRateRange', request)).rejects.toMatchObject({ name: 'RefusedError' });
});
