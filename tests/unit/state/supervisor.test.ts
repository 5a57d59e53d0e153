import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Backend } from '../../../src/core/training/backend.ts';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import type { Command } from '../../../src/protocol/commands.ts';
import { draftOf } from '../../../src/state/draft.ts';
import type { Lab } from '../../../src/state/lab.ts';
import { checkpointAt } from '../support/checkpoints.ts';
import { FASHION_SOURCE, FakeWorker } from './fake-worker.ts';

let worker: FakeWorker;
let lab: Lab;

beforeEach(() => {
  vi.useFakeTimers();
  worker = new FakeWorker();
  lab = worker.lab(draftOf(ciutacuCnn, 42));
  open('webgl');
});

afterEach(() => vi.useRealTimers());

const open = (backend: Backend) => worker.say({ type: 'opened', report: { backend, device: null, fallback: null } });
const current = () => lab.runs.store.getState().current;
const kinds = () => worker.sent.map(({ type }) => type);
const fail = (name: string, run: number | null = 1) =>
  worker.say({ type: 'failed', run, error: { name, message: 'It broke.', stack: null } });

/** Steps of the current run, as the worker tells of them. */
function progress(count: number) {
  const firstStep = current()?.losses.length ?? 0;
  const metrics = { firstStep, losses: new Float32Array(count).fill(1), accuracies: new Float32Array(count) };
  worker.say({ type: 'progressed', run: 1, metrics, imagesPerSecond: 100, memory: { tensors: 0, bytes: 0 } });
}

/** A run that is 25 steps far, with a checkpoint at its step 20. */
function trainTo25() {
  lab.runs.train('epoch');
  worker.say({ type: 'phaseChanged', run: 1, phase: 'training', step: 0, stepsPerEpoch: 10 });
  progress(10);
  worker.say({ type: 'epochEnded', run: 1, report: { epoch: 1, step: 10, trainSample: null, validation: null } });
  progress(10);
  worker.say({ type: 'epochEnded', run: 1, report: { epoch: 2, step: 20, trainSample: null, validation: null } });
  worker.say({ type: 'checkpointed', run: 1, checkpoint: checkpointAt(20) });
  progress(5);
  worker.sent.splice(0);
}

/** All test images and training images are there. */
function arrive() {
  const arrival = { split: 'train', first: 0, labels: new Uint8Array(1), preview: new Uint8Array(0) } as const;
  worker.say({ type: 'shardArrived', ...FASHION_SOURCE, arrival: { ...arrival, shardsArrived: 1, shardsTotal: 1 } });
}

test.each<readonly [string, () => void]>([
  ['gpuLost', () => fail('GpuLostError')],
  ['failed', () => fail('Error')],
  ['stopped', () => worker.die('Out of memory.')],
])('a run whose worker is lost (%s) goes on from its checkpoint in another, on the same backend', (cause, lose) => {
  trainTo25();
  lose();
  expect(worker.ended).toBe(1);
  expect(kinds()).toEqual(['open', 'openDataset', 'train']);
  expect(worker.sent[0]).toEqual({ type: 'open', backend: 'webgl' });
  expect(worker.sent[2]).toMatchObject({ run: 1, advance: 'epoch', from: checkpointAt(20) });
  expect(worker.sent[2]).not.toHaveProperty('standing');
  expect(current()).toMatchObject({ phase: 'compiling', failure: null, losses: new Float32Array(20).fill(1) });
  expect(current()?.epochs).toHaveLength(2);
  expect(lab.interruption.getState()).toMatchObject({ kind: 'replaced', cause, run: 1, step: 20, from: 'webgl' });
  open('webgl');
  expect(lab.interruption.getState()).toMatchObject({ to: 'webgl' });
});

/** What happens to a worker at work, and what the page then says of it. */
const FAULTS: readonly (readonly [fault: string, strike: () => void, said: object])[] = [
  ['the GPU is lost', () => fail('GpuLostError'), { kind: 'replaced', cause: 'gpuLost' }],
  ['the GPU is lost outside of a run', () => fail('GpuLostError', null), { kind: 'replaced', cause: 'gpuLost' }],
  ['a step throws', () => fail('Error'), { kind: 'replaced', cause: 'failed' }],
  ['the worker fails outside of a step', () => worker.die('It broke.'), { kind: 'replaced', cause: 'stopped' }],
  ['a message cannot be read', () => worker.die('One of its messages could not be read.'), { cause: 'stopped' }],
  ['the worker ends without a word, or hangs', () => undefined, { kind: 'silent', seconds: 2 }],
];

test.each(FAULTS)('%s: said within 2 seconds', (_, strike, said) => {
  arrive();
  trainTo25();
  expect(lab.interruption.getState()).toBeNull();
  strike();
  vi.advanceTimersByTime(2000);
  expect(lab.interruption.getState()).toMatchObject(said);
});

test('a run that had no checkpoint yet begins anew', () => {
  lab.runs.train('run');
  worker.say({ type: 'phaseChanged', run: 1, phase: 'training', step: 0, stepsPerEpoch: 10 });
  progress(5);
  worker.sent.splice(0);
  fail('GpuLostError');
  expect(worker.sent[2]).toMatchObject({ type: 'train', run: 1, advance: 'run' });
  expect(worker.sent[2]).not.toHaveProperty('from');
  expect(current()).toMatchObject({ number: 1, phase: 'compiling', losses: new Float32Array() });
});

test('a run that had not yet taken the weights of another fails: from new ones it would be another run', () => {
  trainTo25();
  lab.runs.weights.setState({ kind: 'current' });
  lab.runs.train('run');
  worker.sent.splice(0);
  fail('GpuLostError', 2);
  expect(kinds()).toEqual(['open', 'openDataset']);
  expect(current()).toMatchObject({ number: 2, phase: 'failed' });
  expect(current()?.failure).toMatch(/before this run had taken the weights/);
});

test('a second time it goes on on the next backend, and after the last one it fails for good', () => {
  trainTo25();
  const backends = () => worker.sent.flatMap((command: Command) => (command.type === 'open' ? [command.backend] : []));
  fail('GpuLostError');
  open('webgl');
  fail('GpuLostError');
  open('wasm');
  expect(current()?.backend).toBe('wasm');
  fail('Error');
  open('cpu');
  expect(backends()).toEqual(['webgl', 'wasm', 'cpu']);
  fail('Error');
  expect(backends()).toHaveLength(3);
  expect(current()).toMatchObject({ phase: 'failed', failure: 'It broke.' });
  expect(lab.interruption.getState()).toBeNull();
});

test('after workers were given up another run is another chance, and a question is refused at once', async () => {
  trainTo25();
  for (const backend of ['webgl', 'wasm', 'cpu'] as const) {
    worker.die('Gone.');
    open(backend);
  }
  worker.die('Gone.');
  worker.sent.splice(0);
  await expect(lab.questions.ask('weights', { run: 1 })).rejects.toMatchObject({ name: 'WorkerError' });
  lab.runs.train('run');
  expect(kinds()).toEqual(['open', 'openDataset', 'train']);
});

test('a worker whose script could not be fetched is started again on request, as often as it takes', () => {
  worker = new FakeWorker();
  lab = worker.lab(draftOf(ciutacuCnn, 42));
  for (let i = 0; i < 5; i++) {
    worker.die(null);
    expect(lab.device.getState().failure?.name).toBe('NotLoadedError');
    worker.sent.splice(0);
    lab.retryEngine();
    expect(worker.sent).toMatchObject([{ type: 'open', backend: 'auto' }, { type: 'openDataset' }]);
    expect(lab.device.getState().failure).toBeNull();
  }
  open('webgl');
  lab.retryEngine();
  expect(kinds()).toEqual(['open', 'openDataset']);
  expect(lab.interruption.getState()).toBeNull();
});

test('where a worker that takes over lacks a file, run and questions wait for it, and no backend is blamed', async () => {
  trainTo25();
  fail('GpuLostError');
  fail('NotLoadedError', null);
  expect(lab.device.getState()).toMatchObject({ report: null, failure: { name: 'NotLoadedError' } });
  const answer = lab.questions.ask('weights', { run: 1 });
  worker.sent.splice(0);
  lab.retryEngine();
  expect(kinds()).toEqual(['open', 'openDataset', 'train', 'ask']);
  expect(worker.sent[0]).toEqual({ type: 'open', backend: 'webgl' });
  expect(worker.sent[2]).toMatchObject({ run: 1, advance: 'epoch', from: checkpointAt(20) });
  open('webgl');
  expect(current()).toMatchObject({ phase: 'compiling', backend: 'webgl' });
  const request = worker.asks('weights')[0]?.request ?? 0;
  worker.say({ type: 'refused', request, error: { name: 'AbortError', message: 'Enough.', stack: null } });
  await expect(answer).rejects.toThrow('Enough.');
});

test('a worker that cannot even start is not started for ever', () => {
  worker = new FakeWorker();
  lab = worker.lab(draftOf(ciutacuCnn, 42));
  for (let i = 0; i < 9; i++) worker.die('404');
  expect(worker.ended).toBeLessThan(4);
  expect(lab.device.getState().failure?.message).toBe('404');
});

test.each(['DivergedError', 'RefusedError', 'OutOfMemoryError'])(
  'a %s is an answer, and no fault of the worker',
  (name) => {
    trainTo25();
    fail(name);
    expect(worker.ended).toBe(0);
    expect(current()?.phase).toBe('failed');
  },
);

test('a paused run, and one that was being paused, stands still again', () => {
  trainTo25();
  lab.runs.pause();
  fail('GpuLostError');
  expect(worker.sent.at(-1)).toMatchObject({ type: 'train', standing: { phase: 'paused' }, from: checkpointAt(20) });
  expect(current()?.phase).toBe('paused');
});

test('a finished run stands as it was, and its test result is measured where that was under way', () => {
  trainTo25();
  worker.say({ type: 'checkpointed', run: 1, checkpoint: checkpointAt(25, { judgedEpochs: 2 }) });
  worker.say({ type: 'phaseChanged', run: 1, phase: 'finished', step: 25, stepsPerEpoch: 10 });
  fail('GpuLostError');
  const standing = { phase: 'finished', isTested: false };
  expect(worker.sent.at(-1)).toMatchObject({ type: 'train', standing, from: { snapshot: { step: 25 } } });
  expect(current()).toMatchObject({ phase: 'finished', losses: new Float32Array(25).fill(1) });
});

test('what was asked of the worker before is asked of the new one', async () => {
  const weights = lab.questions.ask('weights', { run: 1 });
  worker.sent.splice(0);
  worker.say({ type: 'refused', request: 1, error: { name: 'GpuLostError', message: 'Lost.', stack: null } });
  expect(kinds()).toEqual(['open', 'openDataset', 'ask']);
  worker.say({ type: 'answered', request: 1, name: 'weights', answer: null });
  expect(await weights).toBeNull();
});

test('a worker that is silent for much longer than its steps take is called slow, then replaced', () => {
  arrive();
  trainTo25();
  vi.advanceTimersByTime(1500);
  expect(lab.interruption.getState()).toBeNull();
  vi.advanceTimersByTime(500);
  expect(lab.interruption.getState()).toEqual({ kind: 'silent', seconds: 2 });
  progress(1);
  expect(lab.interruption.getState()).toBeNull();
  vi.advanceTimersByTime(19_000);
  expect(worker.ended).toBe(0);
  vi.advanceTimersByTime(1000);
  expect(lab.interruption.getState()).toMatchObject({ kind: 'replaced', cause: 'hung', run: 1, step: 20 });
});

test('a run with long steps is given longer, and judging counts as work', () => {
  arrive();
  trainTo25();
  vi.advanceTimersByTime(8000);
  progress(1);
  vi.advanceTimersByTime(60_000);
  worker.say({ type: 'alive' });
  vi.advanceTimersByTime(79_000);
  expect(worker.ended).toBe(0);
  vi.advanceTimersByTime(1000);
  expect(worker.ended).toBe(1);
});

test('a network that takes long to be built is given that time, and as long again between its epochs', () => {
  arrive();
  trainTo25();
  worker.say({ type: 'phaseChanged', run: 1, phase: 'compiling', step: 0, stepsPerEpoch: 10 });
  vi.advanceTimersByTime(60_000);
  worker.say({ type: 'phaseChanged', run: 1, phase: 'training', step: 0, stepsPerEpoch: 10 });
  progress(1);
  vi.advanceTimersByTime(60_000);
  expect(worker.ended).toBe(0);
});

test('a worker that waits for data owes no more than a sign of life', () => {
  trainTo25();
  worker.onCommand = ({ type }) => type === 'ping' && worker.say({ type: 'pong' });
  vi.advanceTimersByTime(100_000);
  expect(worker.ended).toBe(0);
  worker.onCommand = () => undefined;
  vi.advanceTimersByTime(12_000);
  expect(worker.ended).toBe(1);
});

test('nobody looks at a worker that stands still, nor while a computer sleeps', () => {
  arrive();
  trainTo25();
  worker.say({ type: 'phaseChanged', run: 1, phase: 'paused', step: 25, stepsPerEpoch: 10 });
  vi.advanceTimersByTime(1_000_000);
  expect(worker.ended).toBe(0);
  expect(worker.sent).toEqual([]);
  worker.say({ type: 'phaseChanged', run: 1, phase: 'training', step: 25, stepsPerEpoch: 10 });
  vi.setSystemTime(Date.now() + 8 * 3600 * 1000);
  vi.advanceTimersByTime(1500);
  expect(worker.ended).toBe(0);
});

test('another run forgets what happened to the one before', () => {
  trainTo25();
  fail('GpuLostError');
  lab.runs.train('run');
  expect(lab.interruption.getState()).toBeNull();
});
