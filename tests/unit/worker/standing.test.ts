import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Recipe } from '../../../src/core/training/recipe.ts';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import type { Advance } from '../../../src/protocol/commands.ts';
import { ServedWorker } from './served-worker.ts';

let worker: ServedWorker;

beforeEach(() => {
  worker = new ServedWorker();
});

afterEach(() => worker.close());

const RECIPE: Recipe = { ...ciutacuCnn.recipe, epochs: 3 };

const START = { type: 'train', dataset: FASHION_MNIST, network: ciutacuCnn.network, recipe: RECIPE } as const;

const train = (run: number, advance: Advance) => worker.send({ ...START, run, advance });

const goOn = (advance: Advance) => worker.send({ type: 'advance', run: 1, advance });

/** Has snapshots take long; the function that comes back ends that. */
function hold(): () => void {
  const waiting = new EventTarget();
  worker.engine.snapshotsWait = new Promise((resolve) => waiting.addEventListener('end', () => resolve()));
  return () => {
    worker.engine.snapshotsWait = null;
    waiting.dispatchEvent(new Event('end'));
  };
}

/** The steps of the checkpoints of run 1. */
const kept = () =>
  worker.all('checkpointed').flatMap(({ run, checkpoint }) => (run === 1 ? [checkpoint.snapshot.step] : []));

/** The steps at which run 1 began to make a snapshot. */
const begun = () => (worker.engine.trainers[0]?.log ?? []).filter((entry) => entry.startsWith('snapshot'));

/** What the page was told of run 1. */
const told = () => worker.events.flatMap((event) => ('run' in event && event.run === 1 ? [event.type] : []));

/** Resolves when the worker has heard all that it was told. */
function heard(): Promise<void> {
  worker.send({ type: 'ping' });
  return worker.until(() => worker.all('pong').length > 0);
}

const secondStands = () =>
  worker.until(() => worker.all('phaseChanged').some(({ run, phase }) => run === 2 && phase === 'paused'));

test('a run is told to be paused before what it goes on from is copied, which is given away afterwards', async () => {
  const release = hold();
  train(1, 'batch');
  await worker.phase('paused');
  expect(kept()).toEqual([]);
  expect(worker.all('phaseChanged').map(({ checkpointFollows }) => checkpointFollows)).toEqual([
    undefined,
    undefined,
    true,
  ]);
  release();
  await worker.until(() => kept().length > 0);
  expect(told()).toEqual(['phaseChanged', 'phaseChanged', 'progressed', 'phaseChanged', 'checkpointed']);
  expect(kept()).toEqual([1]);
});

test('a run that is to go on gives up the copy, and is kept when it stands again', async () => {
  const release = hold();
  train(1, 'batch');
  await worker.phase('paused');
  goOn('batch');
  await heard();
  release();
  await worker.until(() => kept().length > 0);
  expect(kept()).toEqual([2]);
  expect(begun()).toEqual(['snapshot 1', 'snapshot 2']);
  expect(worker.losses(1)).toEqual([1, 0.5]);
});

test('a pause ends the copy that a run makes while it trains, and then the run is kept', async () => {
  const release = hold();
  train(1, 'run');
  // That at the end of the first epoch.
  await worker.until(() => worker.all('epochEnded').length === 1 && begun().length === 1);
  worker.send({ type: 'pause', run: 1 });
  await heard();
  release();
  await worker.until(() => kept().length > 0);
  expect(told().slice(-2)).toEqual(['phaseChanged', 'checkpointed']);
  expect(begun()).toEqual(['snapshot 10', 'snapshot 10']);
  expect(kept()).toEqual([10]);
  goOn('run');
  await worker.phase('finished');
  expect(worker.losses(1)).toHaveLength(30);
  expect(worker.all('epochEnded')).toHaveLength(3);
});

test('a run that is reset is freed when it is kept', async () => {
  const release = hold();
  train(1, 'batch');
  await worker.phase('paused');
  worker.send({ type: 'reset', run: 1 });
  await heard();
  expect(worker.engine.trainers[0]?.disposed).toBe(false);
  release();
  await worker.until(() => kept().length > 0);
  expect(kept()).toEqual([1]);
});

test('another run begins when the one that it takes the place of is kept', async () => {
  const release = hold();
  train(1, 'batch');
  await worker.phase('paused');
  train(2, 'batch');
  await heard();
  expect(worker.engine.trainers).toHaveLength(1);
  release();
  await secondStands();
  const first = worker.events.findIndex(({ type }) => type === 'checkpointed');
  const second = worker.events.findIndex((event) => event.type === 'phaseChanged' && event.run === 2);
  expect(kept()).toEqual([1]);
  expect(first).toBeLessThan(second);
  expect(worker.engine.trainers[0]?.disposed).toBe(true);
});

test('a run that was to go on and gives way before it did is kept nevertheless', async () => {
  const release = hold();
  train(1, 'batch');
  await worker.phase('paused');
  goOn('run');
  train(2, 'batch');
  await heard();
  release();
  await secondStands();
  expect(worker.losses(1)).toEqual([1]);
  expect(kept()).toEqual([1]);
});
