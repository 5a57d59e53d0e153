import { beforeEach, expect, test } from 'vitest';
import type { Evaluation } from '../../../src/core/evaluation/evaluation.ts';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import type { Command } from '../../../src/protocol/commands.ts';
import type { WorkerEvent } from '../../../src/protocol/events.ts';
import type { Lab } from '../../../src/state/lab.ts';
import { statusOf } from '../../../src/state/runs.ts';
import { NEW_WEIGHTS } from '../../../src/state/weights-choice.ts';
import { FASHION_SOURCE, FakeWorker } from './fake-worker.ts';

let worker: FakeWorker;
let sent: Command[];
let hear: (event: WorkerEvent) => void;
let lab: Lab;

beforeEach(() => {
  worker = new FakeWorker();
  lab = worker.lab();
  sent = worker.sent;
  hear = (event) => worker.say(event);
});

const status = () => statusOf(lab.runs.store.getState(), lab.dataSet.store.getState(), lab.device.getState());
const run = () => lab.runs.store.getState().current;

function arrive(labels: number[]) {
  const arrival = {
    split: 'train' as const,
    first: lab.dataSet.store.getState().trainingImages,
    labels: Uint8Array.from(labels),
    preview: new Uint8Array(784 * labels.length).fill(9),
    shardsArrived: lab.dataSet.store.getState().shardsArrived + 1,
    shardsTotal: 70,
  };
  hear({ type: 'shardArrived', baseUrl: FASHION_SOURCE.baseUrl, arrival });
}

function evaluationOf(set: Evaluation['set']): Evaluation {
  const probabilities = new Float32Array(20);
  probabilities[3] = 1;
  probabilities[15] = 1;
  const [indices, labels] = [Uint32Array.of(0, 1), Uint8Array.of(3, 4)];
  return { set, loss: 0.5, accuracy: 0.5, indices, labels, probabilities, classes: 10 };
}

function answerOf(run: number | 'shipped', step: number) {
  const testAccuracy = run === 'shipped' ? 0.9 : null;
  return { run, step, testAccuracy, probabilities: new Float32Array(10).fill(0.1) };
}

const noMemory = { tensors: 0, bytes: 0 };

test('a lab opens the worker at once, and is ready when the device and the first shard are there', () => {
  expect(sent).toEqual([
    { type: 'open', backend: 'auto' },
    { type: 'openDataset', source: FASHION_SOURCE },
  ]);
  expect(status()).toBe('loading');
  hear({ type: 'opened', report: { backend: 'webgl', device: 'Apple M2', fallback: null } });
  expect(status()).toBe('loading');
  arrive([1, 2, 2]);
  expect(status()).toBe('ready');
  expect(lab.dataSet.store.getState()).toMatchObject({
    trainingImages: 3,
    classCounts: [0, 1, 2, 0, 0, 0, 0, 0, 0, 0],
  });
});

test('a failed stream keeps what has arrived, and the next shard clears the failure', () => {
  arrive([1]);
  hear({
    type: 'streamFailed',
    baseUrl: FASHION_SOURCE.baseUrl,
    failure: { code: 'offline', message: 'You are offline.' },
  });
  expect(lab.dataSet.store.getState()).toMatchObject({ trainingImages: 1, failure: { code: 'offline' } });
  lab.dataSet.retry();
  expect(sent.at(-1)).toEqual({ type: 'retryData' });
  arrive([2]);
  expect(lab.dataSet.store.getState().failure).toBeNull();
});

test('Train freezes the draft into a numbered run, and later edits leave the run alone', () => {
  lab.runs.train('run');
  expect(sent.at(-1)).toMatchObject({
    type: 'train',
    run: 1,
    dataset: FASHION_MNIST,
    network: ciutacuCnn.network,
    advance: 'run',
  });
  lab.draft.edit([{ type: 'remove', id: 'dense-1' }], 'delete Dense');
  expect(run()?.draft.network).toBe(ciutacuCnn.network);
  lab.runs.train('run');
  expect(run()?.number).toBe(2);
});

test('a faulty draft starts nothing', () => {
  lab.draft.edit([{ type: 'remove', id: 'flatten-1' }], 'delete Flatten');
  lab.runs.train('run');
  expect(run()).toBeNull();
  expect(sent.map(({ type }) => type)).toEqual(['open', 'openDataset']);
});

test('metrics append to the curves, and those of an old run are ignored', () => {
  lab.runs.train('run');
  const metrics = { firstStep: 0, losses: Float32Array.of(2, 1), accuracies: Float32Array.of(0.25, 0.5) };
  hear({ type: 'progressed', run: 1, metrics, imagesPerSecond: 100, memory: noMemory });
  hear({ type: 'progressed', run: 7, metrics: { ...metrics, firstStep: 2 }, imagesPerSecond: 1, memory: noMemory });
  const more = { firstStep: 2, losses: Float32Array.of(0.5), accuracies: Float32Array.of(1) };
  hear({ type: 'progressed', run: 1, metrics: more, imagesPerSecond: 200, memory: noMemory });
  expect([...(run()?.losses ?? [])]).toEqual([2, 1, 0.5]);
  expect(run()?.imagesPerSecond).toBe(200);
});

test('the end of an epoch keeps its confusion matrix, and the newest answers', () => {
  lab.runs.train('run');
  const validation = evaluationOf('validation');
  hear({ type: 'epochEnded', run: 1, report: { epoch: 1, step: 10, trainSample: null, validation } });
  expect(run()?.epochs[0]?.confusion?.[4]?.[5]).toBe(1);
  expect(run()?.validation).toBe(validation);
});

test('a test evaluation shows its progress and then its result', () => {
  lab.runs.train('run');
  lab.runs.evaluateOnTestSet();
  expect(sent.at(-1)).toEqual({ type: 'evaluate', run: 1, set: 'test' });
  hear({ type: 'evaluationProgressed', run: 1, set: 'test', done: 500, total: 10_000 });
  expect(run()?.evaluating).toBe(0.05);
  hear({ type: 'evaluated', run: 1, evaluation: evaluationOf('test') });
  expect(run()).toMatchObject({ evaluating: null, test: { accuracy: 0.5 } });
});

test('a failure keeps the curves and says why', () => {
  lab.runs.train('run');
  hear({ type: 'failed', run: 1, error: { name: 'DivergedError', message: 'The loss blew up.', stack: null } });
  expect(run()).toMatchObject({ phase: 'failed', failure: 'The loss blew up.' });
});

test('a run that ran out of memory says with which batch it would fit', () => {
  lab.runs.train('run');
  const { batchSize } = lab.draft.store.getState().recipe;
  const error = { name: 'OutOfMemoryError', message: 'Too much.', stack: null, availableBytes: 2 ** 30 };
  hear({ type: 'failed', run: 1, error });
  expect(run()?.fittingBatch).toBeGreaterThan(0);
  expect(run()?.fittingBatch).toBeLessThan(batchSize);
});

test.each([24, null])(
  'the batch that a run without room could have is the planned one where there is a plan: %s',
  (fittingBatch) => {
    lab.runs.train('run');
    const error = {
      name: 'OutOfMemoryError',
      message: 'Too much.',
      stack: null,
      availableBytes: 2 ** 30,
      fittingBatch,
    };
    hear({ type: 'failed', run: 1, error });
    expect(run()?.fittingBatch).toBe(fittingBatch);
  },
);

test('Reset drops the run, and the next one has a new number', () => {
  lab.runs.train('batch');
  lab.runs.reset();
  expect(run()).toBeNull();
  expect(sent.at(-1)).toEqual({ type: 'reset', run: 1 });
  lab.runs.train('run');
  expect(run()?.number).toBe(2);
});

const drawingOf = (value: number) => new Uint8Array(784).fill(value);
const drawingsAsked = () => worker.asks('predict').map(({ question }) => question.pixels[0]);

test('one question about the drawing is under way at a time, and the newest drawing wins', async () => {
  for (const value of [1, 2, 3]) lab.questions.show(drawingOf(value));
  expect(drawingsAsked()).toEqual([1]);
  await worker.answer(worker.asks('predict')[0], answerOf(1, 5));
  expect(drawingsAsked()).toEqual([1, 3]);
  expect(lab.questions.drawing.getState().answer?.step).toBe(5);
});

test('a cleared drawing has no answer, not even one that was under way', async () => {
  lab.questions.show(drawingOf(1));
  lab.questions.show(null);
  await worker.answer(worker.asks('predict')[0], answerOf(1, 5));
  expect(lab.questions.drawing.getState()).toEqual({ pixels: null, answer: null });
});

test('the drawing is asked about again when an epoch has ended', async () => {
  lab.runs.train('run');
  lab.questions.show(drawingOf(1));
  await worker.answer(worker.asks('predict')[0], null);
  hear({ type: 'epochEnded', run: 1, report: { epoch: 1, step: 10, trainSample: null, validation: null } });
  expect(drawingsAsked()).toEqual([1, 1]);
});

test('the drawing is asked about again when the run is reset', async () => {
  lab.questions.show(drawingOf(1));
  await worker.answer(worker.asks('predict')[0], null);
  lab.runs.train('run');
  lab.runs.reset();
  expect(sent.slice(-2).map(({ type }) => type)).toEqual(['reset', 'ask']);
  expect(drawingsAsked()).toEqual([1, 1]);
});

test('the drawing is asked about again as soon as a run has taken a step, and then not until its epoch ends', async () => {
  lab.questions.show(drawingOf(1));
  await worker.answer(worker.asks('predict')[0], answerOf('shipped', 900));
  expect(lab.questions.drawing.getState().answer).toMatchObject({ run: 'shipped', testAccuracy: 0.9 });
  lab.runs.train('run');
  const metrics = { firstStep: 0, losses: Float32Array.of(2), accuracies: Float32Array.of(0.25) };
  const progressed = { type: 'progressed', run: 1, metrics, imagesPerSecond: 100, memory: noMemory } as const;
  hear(progressed);
  expect(drawingsAsked()).toHaveLength(2);
  await worker.answer(worker.asks('predict')[1], answerOf(1, 1));
  hear({ ...progressed, metrics: { ...metrics, firstStep: 1 } });
  expect(drawingsAsked()).toHaveLength(2);
  expect(lab.questions.drawing.getState().answer).toMatchObject({ run: 1, step: 1, testAccuracy: null });
});

test('a drawing is asked about again where the run stood up while its answer was under way', async () => {
  lab.questions.show(drawingOf(1));
  lab.runs.train('run');
  hear({ type: 'phaseChanged', run: 1, phase: 'finished', step: 10, stepsPerEpoch: 10 });
  expect(drawingsAsked()).toEqual([1]);
  await worker.answer(worker.asks('predict')[0], answerOf('shipped', 900));
  expect(drawingsAsked()).toEqual([1, 1]);
  await worker.answer(worker.asks('predict')[1], answerOf(1, 10));
  expect(drawingsAsked()).toEqual([1, 1]);
  expect(lab.questions.drawing.getState().answer).toMatchObject({ run: 1, step: 10 });
});

test('a drawing that is refused is said to be, and the next one is asked about', async () => {
  lab.questions.show(drawingOf(1));
  await worker.refuse(worker.asks('predict')[0], 'RangeError', 'Too large.');
  expect(lab.device.getState().failure).toMatchObject({ name: 'RangeError', message: 'Too large.' });
  lab.questions.show(drawingOf(2));
  expect(drawingsAsked()).toEqual([1, 2]);
});

test('a refusal leaves the run alone', async () => {
  lab.runs.train('run');
  lab.questions.show(drawingOf(1));
  await worker.refuse(worker.asks('predict')[0], 'Error', 'Not now.');
  expect(run()).toMatchObject({ phase: 'compiling', failure: null });
});

test('a request that only ended early is no failure of the worker', async () => {
  lab.questions.show(drawingOf(1));
  await worker.refuse(worker.asks('predict')[0], 'AbortError', 'A newer request came first.');
  expect(lab.device.getState().failure).toBeNull();
});

test('workers that die again and again leave every request refused', async () => {
  lab.questions.show(drawingOf(1));
  const images = lab.questions.ask('images', { split: 'test', indices: Uint32Array.of(1) });
  const weights = lab.questions.ask('weights', { run: 1 });
  for (let i = 0; i < 5; i++) worker.die('The worker ran out of memory.');
  for (const request of [images, weights])
    await expect(request).rejects.toMatchObject({ name: 'WorkerError', message: 'The worker ran out of memory.' });
});

test('the failure of a run leaves requests about other things under way', async () => {
  lab.runs.train('run');
  const images = lab.questions.ask('images', { split: 'test', indices: Uint32Array.of(1) });
  hear({ type: 'failed', run: 1, error: { name: 'DivergedError', message: 'The loss blew up.', stack: null } });
  await worker.answer(worker.asks('images')[0], drawingOf(7));
  expect(await images).toEqual(drawingOf(7));
});

test('the next run keeps the weights of the current one where that is asked for and it has any', () => {
  lab.runs.weights.setState({ kind: 'current' });
  lab.runs.train('batch');
  expect(sent.at(-1)).not.toHaveProperty('weightsFrom');
  expect(run()?.carriedFrom).toBeNull();
  const metrics = { firstStep: 0, losses: Float32Array.of(2), accuracies: Float32Array.of(0.1) };
  hear({ type: 'progressed', run: 1, metrics, imagesPerSecond: 100, memory: { tensors: 1, bytes: 4 } });
  lab.runs.train('run');
  expect(sent.at(-1)).toMatchObject({ type: 'train', run: 2, weightsFrom: { kind: 'current' } });
  expect(run()?.carriedFrom).toEqual({ kind: 'run', run: 1, layers: ['conv2d-1', 'dense-1', 'dense-2'] });
  lab.runs.weights.setState(NEW_WEIGHTS, true);
  lab.runs.train('run');
  expect(run()?.carriedFrom).toBeNull();
});

test('a run that tries a way out is called after it, and others after their preset', () => {
  hear({ type: 'opened', report: { backend: 'webgl', device: null, fallback: null } });
  arrive([1, 2, 2]);
  lab.runs.train('run');
  expect(run()?.name).toBe('CNN');
  const { network, recipe } = lab.draft.store.getState();
  lab.runs.tryOut(
    { dataset: FASHION_MNIST, network, recipe: { ...recipe, labelSmoothing: 0.1 } },
    '+Label smoothing 0.1',
  );
  expect(run()?.name).toBe('Label smoothing 0.1');
});
