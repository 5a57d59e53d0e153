import { beforeEach, expect, test } from 'vitest';
import type { Evaluation } from '../../../src/core/evaluation/evaluation.ts';
import { ciutacuCnn } from '../../../src/core/network/presets/ciutacu.ts';
import type { Command } from '../../../src/protocol/commands.ts';
import type { WorkerEvent } from '../../../src/protocol/events.ts';
import { draftOf } from '../../../src/state/draft.ts';
import { createLab, type Lab } from '../../../src/state/lab.ts';
import { statusOf } from '../../../src/state/runs.ts';

const PLACES = { baseUrl: 'http://localhost/data/', shippedUrl: 'http://localhost/pretrained/ciutacu.json' };

let sent: Command[];
let hear: (event: WorkerEvent) => void;
let lab: Lab;

beforeEach(() => {
  sent = [];
  const listeners: ((event: { data: WorkerEvent }) => void)[] = [];
  const port = {
    postMessage: (command: Command) => void sent.push(command),
    addEventListener: (_type: 'message', listener: (event: { data: WorkerEvent }) => void) =>
      void listeners.push(listener),
  };
  hear = (data) => {
    for (const listener of listeners) listener({ data });
  };
  const initialDraft = draftOf(ciutacuCnn, 42);
  lab = createLab({ port, initialDraft, ...PLACES, backend: 'auto' });
});

const status = () => statusOf(lab.runs.getState(), lab.dataSet.getState(), lab.device.getState());
const run = () => lab.runs.getState().current;

function arrive(labels: number[]) {
  const arrival = {
    split: 'train' as const,
    first: lab.dataSet.getState().trainingImages,
    labels: Uint8Array.from(labels),
    preview: new Uint8Array(784 * labels.length).fill(9),
    shardsArrived: lab.dataSet.getState().shardsArrived + 1,
    shardsTotal: 70,
  };
  hear({ type: 'shardArrived', arrival });
}

function evaluationOf(set: Evaluation['set']): Evaluation {
  const probabilities = new Float32Array(20);
  probabilities[3] = 1;
  probabilities[15] = 1;
  const [indices, labels] = [Uint32Array.of(0, 1), Uint8Array.of(3, 4)];
  return { set, loss: 0.5, accuracy: 0.5, indices, labels, probabilities };
}

function answerOf(run: number | 'shipped', step: number) {
  const testAccuracy = run === 'shipped' ? 0.9 : null;
  return { run, step, testAccuracy, probabilities: new Float32Array(10).fill(0.1) };
}

const noMemory = { tensors: 0, bytes: 0 };

test('a lab opens the worker at once, and is ready when the device and the first shard are there', () => {
  expect(sent).toEqual([{ type: 'open', ...PLACES, backend: 'auto' }]);
  expect(status()).toBe('loading');
  hear({ type: 'opened', report: { backend: 'webgl', device: 'Apple M2', fallback: null } });
  expect(status()).toBe('loading');
  arrive([1, 2, 2]);
  expect(status()).toBe('ready');
  expect(lab.dataSet.getState()).toMatchObject({ trainingImages: 3, classCounts: [0, 1, 2, 0, 0, 0, 0, 0, 0, 0] });
});

test('a failed stream keeps what has arrived, and the next shard clears the failure', () => {
  arrive([1]);
  hear({ type: 'streamFailed', failure: { code: 'offline', message: 'You are offline.' } });
  expect(lab.dataSet.getState()).toMatchObject({ trainingImages: 1, failure: { code: 'offline' } });
  lab.retryData();
  expect(sent.at(-1)).toEqual({ type: 'retryData' });
  arrive([2]);
  expect(lab.dataSet.getState().failure).toBeNull();
});

test('Train freezes the draft into a numbered run, and later edits leave the run alone', () => {
  lab.train('run');
  expect(sent.at(-1)).toMatchObject({ type: 'train', run: 1, network: ciutacuCnn.network, advance: 'run' });
  lab.draft.edit([{ type: 'remove', id: 'dense-1' }], 'delete Dense');
  expect(run()?.draft.network).toBe(ciutacuCnn.network);
  lab.train('run');
  expect(run()?.number).toBe(2);
});

test('a faulty draft starts nothing', () => {
  lab.draft.edit([{ type: 'remove', id: 'flatten-1' }], 'delete Flatten');
  lab.train('run');
  expect(run()).toBeNull();
  expect(sent).toHaveLength(1);
});

test('metrics append to the curves, and those of an old run are ignored', () => {
  lab.train('run');
  const metrics = { firstStep: 0, losses: Float32Array.of(2, 1), accuracies: Float32Array.of(0.25, 0.5) };
  hear({ type: 'progressed', run: 1, metrics, imagesPerSecond: 100, memory: noMemory });
  hear({ type: 'progressed', run: 7, metrics: { ...metrics, firstStep: 2 }, imagesPerSecond: 1, memory: noMemory });
  const more = { firstStep: 2, losses: Float32Array.of(0.5), accuracies: Float32Array.of(1) };
  hear({ type: 'progressed', run: 1, metrics: more, imagesPerSecond: 200, memory: noMemory });
  expect([...(run()?.losses ?? [])]).toEqual([2, 1, 0.5]);
  expect(run()?.imagesPerSecond).toBe(200);
});

test('the end of an epoch keeps its confusion matrix, and the newest answers', () => {
  lab.train('run');
  const validation = evaluationOf('validation');
  hear({ type: 'epochEnded', run: 1, report: { epoch: 1, step: 10, trainSample: null, validation } });
  expect(run()?.epochs[0]?.confusion?.[4]?.[5]).toBe(1);
  expect(run()?.validation).toBe(validation);
});

test('a test evaluation shows its progress and then its result', () => {
  lab.train('run');
  lab.evaluateOnTestSet();
  expect(sent.at(-1)).toEqual({ type: 'evaluate', run: 1, set: 'test' });
  hear({ type: 'evaluationProgressed', run: 1, set: 'test', done: 500, total: 10_000 });
  expect(run()?.evaluating).toBe(0.05);
  hear({ type: 'evaluated', run: 1, evaluation: evaluationOf('test') });
  expect(run()).toMatchObject({ evaluating: null, test: { accuracy: 0.5 } });
});

test('a failure keeps the curves and says why', () => {
  lab.train('run');
  hear({ type: 'failed', run: 1, error: { name: 'DivergedError', message: 'The loss blew up.', stack: null } });
  expect(run()).toMatchObject({ phase: 'failed', failure: 'The loss blew up.' });
});

test('a worker that dies fails the run that it held', () => {
  lab.train('run');
  lab.reportFailure('Out of memory.');
  expect(run()).toMatchObject({ phase: 'failed', failure: 'Out of memory.' });
  expect(lab.device.getState().failure?.message).toBe('Out of memory.');
});

test('Reset drops the run, and the next one has a new number', () => {
  lab.train('batch');
  lab.reset();
  expect(run()).toBeNull();
  expect(sent.at(-1)).toEqual({ type: 'reset', run: 1 });
  lab.train('run');
  expect(run()?.number).toBe(2);
});

test('one question about the drawing is under way at a time, and the newest drawing wins', () => {
  const [first, second, third] = [1, 2, 3].map((value) => new Uint8Array(784).fill(value));
  for (const pixels of [first, second, third]) lab.show(pixels ?? null);
  const questions = () => sent.flatMap((command) => (command.type === 'predict' ? [command.pixels[0]] : []));
  expect(questions()).toEqual([1]);
  hear({ type: 'predicted', request: 1, answer: answerOf(1, 5) });
  expect(questions()).toEqual([1, 3]);
  expect(lab.drawing.getState().answer?.step).toBe(5);
});

test('a cleared drawing has no answer, not even one that was under way', () => {
  lab.show(new Uint8Array(784).fill(1));
  lab.show(null);
  hear({ type: 'predicted', request: 1, answer: answerOf(1, 5) });
  expect(lab.drawing.getState()).toEqual({ pixels: null, answer: null });
});

test('the drawing is asked about again when an epoch has ended', () => {
  lab.train('run');
  lab.show(new Uint8Array(784).fill(1));
  hear({ type: 'predicted', request: 1, answer: null });
  hear({ type: 'epochEnded', run: 1, report: { epoch: 1, step: 10, trainSample: null, validation: null } });
  expect(sent.filter((command) => command.type === 'predict')).toHaveLength(2);
});

test('neighbours come back to whoever asked for them, and null where a newer question came first', async () => {
  const [one, two] = [lab.findNearest(new Uint8Array(784), 1), lab.findNearest(new Uint8Array(784).fill(5), 1)];
  expect(sent.at(-1)).toEqual({ type: 'findNearest', request: 2, pixels: new Uint8Array(784).fill(5), k: 1 });
  const found = { searched: 9, indices: Uint32Array.of(3), distances: Float32Array.of(2), labels: Uint8Array.of(8) };
  hear({ type: 'nearestFound', request: 1, neighbours: null });
  hear({ type: 'nearestFound', request: 2, neighbours: found });
  expect([await one, await two]).toEqual([null, found]);
});

test('the drawing is asked about again as soon as a run has taken a step, and then not until its epoch ends', () => {
  lab.show(new Uint8Array(784).fill(1));
  hear({ type: 'predicted', request: 1, answer: answerOf('shipped', 900) });
  expect(lab.drawing.getState().answer).toMatchObject({ run: 'shipped', testAccuracy: 0.9 });
  lab.train('run');
  const metrics = { firstStep: 0, losses: Float32Array.of(2), accuracies: Float32Array.of(0.25) };
  const progressed = { type: 'progressed', run: 1, metrics, imagesPerSecond: 100, memory: noMemory } as const;
  hear(progressed);
  const questions = () => sent.filter((command) => command.type === 'predict').length;
  expect(questions()).toBe(2);
  hear({ type: 'predicted', request: 2, answer: answerOf(1, 1) });
  hear({ ...progressed, metrics: { ...metrics, firstStep: 1 } });
  expect(questions()).toBe(2);
  expect(lab.drawing.getState().answer).toMatchObject({ run: 1, step: 1, testAccuracy: null });
});

test('images come back to whoever asked for them', async () => {
  const [one, two] = [lab.fetchImages('test', Uint32Array.of(1)), lab.fetchImages('train', Uint32Array.of(2))];
  hear({ type: 'imagesFetched', request: 2, pixels: new Uint8Array(784).fill(2) });
  hear({ type: 'imagesFetched', request: 1, pixels: new Uint8Array(784).fill(1) });
  expect([(await one)?.[0], (await two)?.[0]]).toEqual([1, 2]);
});

test('a worker that dies ends every wait: with null, and the next drawing is asked about', async () => {
  lab.show(new Uint8Array(784).fill(1));
  const waiting = [lab.fetchImages('test', Uint32Array.of(1)), lab.findNearest(new Uint8Array(784), 1)];
  lab.reportFailure('The worker ran out of memory.');
  expect(await Promise.all(waiting)).toEqual([null, null]);
  lab.show(new Uint8Array(784).fill(2));
  expect(sent.at(-1)).toMatchObject({ type: 'predict', request: 2 });
});

test('the failure of a run lets those wait who asked about other things', async () => {
  lab.train('run');
  const images = lab.fetchImages('test', Uint32Array.of(1));
  hear({ type: 'failed', run: 1, error: { name: 'DivergedError', message: 'The loss blew up.', stack: null } });
  hear({ type: 'imagesFetched', request: 1, pixels: new Uint8Array(784).fill(7) });
  expect((await images)?.[0]).toBe(7);
});

test('the next run keeps the weights of the current one where that is asked for and it has any', () => {
  lab.keepsWeights.setState(true);
  lab.train('batch');
  expect(sent.at(-1)).not.toHaveProperty('keepsWeights');
  expect(run()?.carriedFrom).toBeNull();
  const metrics = { firstStep: 0, losses: Float32Array.of(2), accuracies: Float32Array.of(0.1) };
  hear({ type: 'progressed', run: 1, metrics, imagesPerSecond: 100, memory: { tensors: 1, bytes: 4 } });
  lab.train('run');
  expect(sent.at(-1)).toMatchObject({ type: 'train', run: 2, keepsWeights: true });
  expect(run()?.carriedFrom).toBe(1);
  lab.keepsWeights.setState(false);
  lab.train('run');
  expect(run()?.carriedFrom).toBeNull();
});

test('a run that tries a way out is called after it, and others after their preset', () => {
  hear({ type: 'opened', report: { backend: 'webgl', device: null, fallback: null } });
  arrive([1, 2, 2]);
  lab.train('run');
  expect(run()?.name).toBe('CNN');
  const { network, recipe } = lab.draft.store.getState();
  lab.tryOut({ network, recipe: { ...recipe, labelSmoothing: 0.1 } }, '+Label smoothing 0.1');
  expect(run()?.name).toBe('Label smoothing 0.1');
});
