import { afterEach, beforeEach, expect, test } from 'vitest';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { OutOfMemoryError } from '../../../src/engine/out-of-memory-error.ts';
import type { Advance } from '../../../src/protocol/commands.ts';
import { ServedWorker } from './served-worker.ts';

let worker: ServedWorker;

beforeEach(() => {
  worker = new ServedWorker();
});

afterEach(() => worker.close());

const recipe = { ...ciutacuCnn.recipe, epochs: 3, batchSize: 32 };

function train(run: number, advance: Advance = 'run') {
  worker.send({ type: 'train', run, dataset: FASHION_MNIST, network: ciutacuCnn.network, recipe, advance });
}

const expectedLosses = Array.from({ length: 30 }, (_, step) => Math.fround(1 / (step + 1)));

test('opening reports the backend and starts the stream', async () => {
  worker.open('https://lab.example/none.json');
  await worker.until(() => worker.all('opened').length === 1 && worker.all('shardArrived').length === 1);
  expect(worker.all('opened')[0]?.report.fallback).toBe('There is no GPU here.');
  expect(worker.all('shardArrived')[0]?.arrival.shardsArrived).toBe(1);
});

test('a run compiles, trains to its last epoch, finishes, and is then measured on the test set', async () => {
  train(1);
  await worker.until(() => worker.all('evaluated').length === 1);
  expect(worker.all('phaseChanged').map((event) => event.phase)).toEqual(['compiling', 'training', 'finished']);
  expect(worker.all('epochEnded').map((event) => [event.report.epoch, event.report.step])).toEqual([
    [1, 10],
    [2, 20],
    [3, 30],
  ]);
  expect(worker.all('evaluated')[0]?.evaluation.set).toBe('test');
  expect(worker.losses(1)).toEqual(expectedLosses);
});

test('every epoch judges the validation set and the sample of training images', async () => {
  train(1, 'epoch');
  await worker.phase('paused');
  expect(worker.engine.trainers[0]?.log.filter((entry) => entry.startsWith('evaluated'))).toEqual([
    'evaluated validation',
    'evaluated trainSample',
  ]);
  expect(worker.all('epochEnded')[0]?.report.trainSample).toEqual({ loss: 2, accuracy: 0.25 });
});

test('a pause stops within one batch, and a resumed run hears of every step exactly once', async () => {
  train(1);
  await worker.until(() => worker.losses(1).length >= 3);
  worker.send({ type: 'pause', run: 1 });
  const before = worker.engine.trainers[0]?.step ?? 0;
  await worker.phase('paused');
  const paused = worker.all('phaseChanged').at(-1)?.step ?? 0;
  expect(paused - before).toBeLessThanOrEqual(1);
  worker.send({ type: 'advance', run: 1, advance: 'run' });
  await worker.phase('finished');
  expect(worker.losses(1)).toEqual(expectedLosses);
});

test('a step trains one batch, and a step of an epoch goes to the end of the epoch under way', async () => {
  train(1, 'batch');
  await worker.phase('paused');
  worker.send({ type: 'advance', run: 1, advance: 'epoch' });
  await worker.phase('paused', 2);
  expect(worker.all('phaseChanged').flatMap((event) => (event.phase === 'paused' ? [event.step] : []))).toEqual([
    1, 10,
  ]);
  expect(worker.all('epochEnded')).toHaveLength(1);
});

test('a pause while an epoch is judged takes effect at once, and the judgement is made up for on resume', async () => {
  train(1);
  await worker.until(() => worker.engine.trainers[0]?.log.includes('evaluate validation') ?? false);
  worker.send({ type: 'pause', run: 1 });
  await worker.phase('paused');
  expect(worker.all('epochEnded')).toHaveLength(0);
  worker.send({ type: 'advance', run: 1, advance: 'run' });
  await worker.phase('finished');
  expect(worker.all('epochEnded')).toHaveLength(3);
});

test('a pause that arrives while the network is being built keeps it from training', async () => {
  train(1);
  worker.send({ type: 'pause', run: 1 });
  await worker.phase('paused');
  expect(worker.engine.trainers[0]?.step).toBe(0);
});

test('a reset frees the trainer, and the next run starts when it is free', async () => {
  train(1);
  await worker.until(() => worker.losses(1).length >= 3);
  worker.send({ type: 'reset', run: 1 });
  train(2);
  await worker.until(() => worker.all('evaluated').some((event) => event.run === 2));
  expect(worker.engine.trainers.map((trainer) => trainer.disposed)).toEqual([true, false]);
  expect(worker.all('phaseChanged').some((event) => event.run === 1 && event.phase === 'failed')).toBe(false);
  expect(worker.losses(2)).toEqual(expectedLosses);
});

test('commands for an old run change nothing', async () => {
  train(1);
  train(2);
  worker.send({ type: 'pause', run: 1 });
  await worker.phase('finished');
  expect(worker.all('phaseChanged').at(-1)?.run).toBe(2);
});

test('a loss that is not a number stops the run and says what to change', async () => {
  worker.engine.brokenStep = 12;
  train(1);
  await worker.until(() => worker.all('failed').length === 1);
  const failure = worker.all('failed')[0];
  expect(failure?.error.name).toBe('DivergedError');
  expect(failure?.error.message).toBe(
    'The loss was no longer a number at step 12. The learning rate 0.001 is too high for this network: press Reset and try 0.0001.',
  );
});

test('a network that cannot be built fails the run with the reason', async () => {
  worker.engine.failCreation = new RangeError('The kernel is larger than a texture.');
  train(1);
  await worker.until(() => worker.all('failed').length === 1);
  expect(worker.all('failed')[0]).toMatchObject({ run: 1, error: { message: 'The kernel is larger than a texture.' } });
});

test('a mistake in the code says so, and what can be done about it', async () => {
  worker.engine.failCreation = new ReferenceError('x is not defined');
  train(1);
  await worker.until(() => worker.all('failed').length === 1);
  expect(worker.all('failed')[0]?.error.message).toBe(
    'The training engine failed (x is not defined). Start over; if it happens again, choose another engine at the top of the page.',
  );
});

test('a run that finds no room says what it takes, and the batch that has room as far as that is planned', async () => {
  worker.engine.failCreation = new OutOfMemoryError(2 ** 20);
  worker.engine.fitting = 8;
  train(1);
  await worker.until(() => worker.all('failed').length === 1);
  expect(worker.all('failed')[0]?.error).toMatchObject({ name: 'OutOfMemoryError', fittingBatch: 8 });
  expect(worker.all('failed')[0]?.error.message).toContain('training this network with this batch takes 1 MB and');
  worker.engine.fitting = undefined;
  train(2);
  await worker.until(() => worker.all('failed').length === 2);
  expect(worker.all('failed')[1]?.error).toMatchObject({ availableBytes: 2 ** 20 });
  expect(worker.all('failed')[1]?.error).not.toHaveProperty('fittingBatch');
});

test('a run that finds no room on its way gives back what it holds before it is asked which batch has room', async () => {
  worker.engine.unreadable = new OutOfMemoryError(2 ** 20);
  worker.engine.fitting = 8;
  train(1);
  await worker.until(() => worker.all('failed').length === 1);
  expect(worker.all('failed')[0]?.error.fittingBatch).toBe(8);
  expect(worker.engine.trainers.map(({ disposed }) => disposed)).toEqual([true]);
});

test('a faulty network is refused before anything is built', async () => {
  worker.send({ type: 'train', run: 1, dataset: FASHION_MNIST, network: { layers: [] }, recipe, advance: 'run' });
  await worker.until(() => worker.all('failed').length === 1);
  expect(worker.all('failed')[0]?.error.message).toContain('There is no layer yet.');
  expect(worker.engine.trainers).toHaveLength(0);
});

test('a faulty recipe is refused with the sentence of its field', async () => {
  const faulty = { ...recipe, batchSize: 0 };
  worker.send({
    type: 'train',
    run: 1,
    dataset: FASHION_MNIST,
    network: ciutacuCnn.network,
    recipe: faulty,
    advance: 'run',
  });
  await worker.until(() => worker.all('failed').length === 1);
  expect(worker.all('failed')[0]?.error.message).toBe('Batch size must be at least 1.');
});

test('an evaluation on request holds training and tells how far it is', async () => {
  train(1);
  await worker.until(() => worker.losses(1).length >= 3);
  worker.send({ type: 'evaluate', run: 1, set: 'test' });
  await worker.until(() => worker.all('evaluated').length === 1);
  const log = worker.engine.trainers[0]?.log ?? [];
  expect(log[log.indexOf('evaluate test') + 1]).toBe('evaluated test');
  expect(worker.all('evaluationProgressed').map((event) => [event.done, event.total])[0]).toEqual([1, 2]);
});

test('retrying reaches the stream', async () => {
  worker.send({ type: 'retryData' });
  await worker.answerTo('images', worker.ask('images', { split: 'train', indices: Uint32Array.of(0) }));
  expect(worker.engine.retries).toBe(1);
});

test('a data set that is another one than was expected is closed, and said so', async () => {
  worker.engine.spec = { ...FASHION_MNIST, title: 'Signs', classes: ['stop', 'go'] };
  worker.open();
  await worker.until(() => worker.all('streamFailed').length === 1);
  expect(worker.all('streamFailed')[0]?.failure.message).toContain('does not hold Fashion-MNIST');
  expect(worker.engine.closings).toBe(1);
  expect(worker.all('datasetOpened')).toEqual([]);
});

test('retrying after another data set was found opens the one that was asked for, once it is there', async () => {
  worker.engine.spec = { ...FASHION_MNIST, title: 'Signs', classes: ['stop', 'go'] };
  worker.open();
  await worker.until(() => worker.all('streamFailed').length === 1);
  worker.engine.spec = FASHION_MNIST;
  worker.send({ type: 'retryData' });
  await worker.until(() => worker.all('datasetOpened').length === 1);
  expect(worker.engine.retries).toBe(0);
  worker.send({ type: 'retryData' });
  await worker.answerTo('images', worker.ask('images', { split: 'train', indices: Uint32Array.of(0) }));
  expect(worker.engine.retries).toBe(1);
});

test('opening another data set drops the run of the one before', async () => {
  worker.open();
  train(1, 'batch');
  await worker.phase('paused');
  worker.open(null, 'signs/');
  await worker.until(() => worker.all('datasetOpened').length === 2);
  expect(worker.all('datasetOpened').map(({ baseUrl }) => baseUrl)).toEqual(['data/', 'signs/']);
  expect(worker.engine.trainers[0]?.disposed).toBe(true);
});
