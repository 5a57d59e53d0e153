import { beforeEach, expect, test } from 'vitest';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import type { Command } from '../../../src/protocol/commands.ts';
import type { WorkerEvent } from '../../../src/protocol/events.ts';
import { draftOf } from '../../../src/state/draft.ts';
import type { Lab } from '../../../src/state/lab.ts';
import { interventionsOf } from '../../../src/state/live.ts';
import { newRun, type Run } from '../../../src/state/run.ts';
import { allRuns } from '../../../src/state/runs.ts';
import { checkpointAt } from '../support/checkpoints.ts';
import { settled } from '../support/turns.ts';
import { FakeWorker } from './fake-worker.ts';

let sent: Command[];
let hear: (event: WorkerEvent) => void;
let lab: Lab;

beforeEach(() => {
  const worker = new FakeWorker();
  lab = worker.lab();
  sent = worker.sent;
  hear = (event) => worker.say(event);
});

const checkpoint = checkpointAt(10);

/** What was sent, with the names of requests. */
const kinds = () => sent.map((command) => (command.type === 'ask' ? command.name : command.type));

/** Steps from the first one on, as the worker tells of them. */
function progress(run: number, firstStep: number, count: number) {
  const metrics = { firstStep, losses: new Float32Array(count), accuracies: new Float32Array(count) };
  hear({ type: 'progressed', run, metrics, imagesPerSecond: 100, memory: { tensors: 0, bytes: 0 } });
}

function trainToTheEnd(run: number) {
  lab.runs.train('run');
  progress(run, 0, 10);
  hear({ type: 'epochEnded', run, report: { epoch: 1, step: 10, trainSample: null, validation: null } });
  hear({ type: 'checkpointed', run, checkpoint });
  hear({ type: 'phaseChanged', run, phase: 'finished', step: 10, stepsPerEpoch: 10 });
}

const runOf = (number: number) => {
  const run = allRuns(lab.runs.store.getState()).find((other) => other.number === number);
  if (run === undefined) throw new Error(`There is no run ${number}.`);
  return run;
};

test('a run that gave way tells of its last steps, and can come back as it was after them', () => {
  trainToTheEnd(1);
  lab.runs.train('run');
  progress(1, 10, 3);
  hear({ type: 'checkpointed', run: 1, checkpoint: checkpointAt(13) });
  hear({ type: 'phaseChanged', run: 1, phase: 'paused', step: 13, stepsPerEpoch: 10 });
  expect(runOf(1)).toMatchObject({ phase: 'paused', losses: new Float32Array(13) });
  hear({ type: 'phaseChanged', run: 2, phase: 'paused', step: 0, stepsPerEpoch: 10 });
  sent.splice(0);
  lab.runs.restore(runOf(1));
  expect(sent).toMatchObject([{ type: 'train', run: 1, from: { snapshot: { step: 13 } } }]);
});

test('a checkpoint of other steps than the page knows of is none', () => {
  trainToTheEnd(1);
  hear({ type: 'checkpointed', run: 1, checkpoint: checkpointAt(13) });
  expect(lab.runs.checkpoints.inMemory(1)).toBe(checkpoint);
  hear({ type: 'checkpointed', run: 7, checkpoint });
  expect([...lab.runs.restorable.getState()]).toEqual([1]);
});

test('a run comes back as it was at its checkpoint, with what had not happened by then undone', () => {
  trainToTheEnd(1);
  progress(1, 10, 15);
  hear({ type: 'epochEnded', run: 1, report: { epoch: 2, step: 20, trainSample: null, validation: null } });
  hear({ type: 'adjusted', run: 1, step: 22, values: { learningRate: 0.5 } });
  lab.runs.reset();
  lab.runs.restore(runOf(1));
  expect(runOf(1)).toMatchObject({ phase: 'paused', losses: new Float32Array(10), adjustments: [], test: null });
  expect(runOf(1).epochs.map(({ epoch }) => epoch)).toEqual([1]);
});

test('a restored run is the current one again, from its weights and standing still; the others keep their order', async () => {
  trainToTheEnd(1);
  hear({ type: 'adjusted', run: 1, step: 5, values: { learningRate: 0.01 } });
  trainToTheEnd(2);
  await settled();
  sent.splice(0);
  lab.runs.restore(runOf(1));
  expect(kinds()).toEqual(['train']);
  expect(sent[0]).toMatchObject({ run: 1, from: checkpoint, standing: { phase: 'finished', isTested: false } });
  expect(lab.runs.store.getState().current?.phase).toBe('finished');
  expect(lab.runs.store.getState().current?.number).toBe(1);
  expect(allRuns(lab.runs.store.getState()).map(({ number }) => number)).toEqual([2, 1]);
  expect(interventionsOf(runOf(1))).toHaveLength(1);
  lab.runs.train('run');
  expect(lab.runs.store.getState().current?.number).toBe(3);
});

test('while a run trains, restoring another one changes the draft only', async () => {
  trainToTheEnd(1);
  lab.runs.train('run');
  await settled();
  sent.splice(0);
  lab.runs.restore(runOf(1));
  expect(sent).toEqual([]);
  expect(lab.draft.store.getState().change).toBe('restore run 1');
});

test('Reset keeps the weights too', async () => {
  trainToTheEnd(1);
  lab.runs.reset();
  await settled();
  lab.runs.restore(runOf(1));
  expect(lab.runs.store.getState().current?.number).toBe(1);
});

/** Runs of earlier visits, of which the second has a checkpoint and was the current one. */
function restoreKept(kept: readonly Run[], from = checkpoint) {
  const numbers = { current: 2, lastNumber: 5, older: new Set<number>(), checkpoints: new Set([2]) };
  return lab.runs.restoreKeptRuns({ runs: kept, ...numbers }, async (run) => (run === 2 ? from : null));
}
const keptRuns = (more: Partial<Run> = {}) =>
  [1, 2, 3].map((number): Run => ({ ...newRun(number, draftOf(ciutacuCnn, 42), 'CNN'), phase: 'paused', ...more }));
const numbers = () => allRuns(lab.runs.store.getState()).map(({ number }) => number);

test('runs of an earlier visit come back in their order, and the one that was trained goes on from its weights', async () => {
  expect(restoreKept(keptRuns())).toBe(true);
  expect([...lab.runs.restorable.getState()]).toEqual([2]);
  await settled();
  expect(numbers()).toEqual([3, 2, 1]);
  expect(lab.runs.store.getState().current?.number).toBe(2);
  expect(sent.slice(2)).toMatchObject([{ type: 'train', run: 2, from: checkpoint, standing: { phase: 'paused' } }]);
  lab.runs.reset();
  lab.runs.train('run');
  expect(lab.runs.store.getState().current?.number).toBe(6);
});

test('one that came to no checkpoint begins again, by itself not before it is asked to', async () => {
  const losses = new Float32Array(5);
  const kept = keptRuns({ losses, accuracies: losses, stepsPerEpoch: 10 });
  const ids = { current: 2, lastNumber: 3, older: new Set<number>(), checkpoints: new Set<number>() };
  lab.runs.restoreKeptRuns({ runs: kept, ...ids }, async () => null);
  await settled();
  expect(lab.runs.store.getState().current).toMatchObject({ number: 2, phase: 'paused', losses: new Float32Array() });
  const [, , start] = sent;
  expect(start).toMatchObject({ type: 'train', run: 2, standing: { phase: 'paused' } });
  expect(start).not.toHaveProperty('from');
  lab.runs.advance('run');
  expect(sent[3]).toEqual({ type: 'advance', run: 2, advance: 'run' });
});

test('one that was in the middle goes on from its checkpoint, and one that ended is not taken back to it', async () => {
  const losses = new Float32Array(25);
  restoreKept(keptRuns({ losses, accuracies: losses, stepsPerEpoch: 10 }));
  await settled();
  expect(lab.runs.store.getState().current).toMatchObject({ number: 2, phase: 'paused', losses: new Float32Array(10) });
  expect(runOf(3).losses).toHaveLength(25);
});

test('one that ended is not taken back to a checkpoint before its end', async () => {
  const losses = new Float32Array(25);
  restoreKept(keptRuns({ losses, accuracies: losses, stepsPerEpoch: 10, phase: 'finished' }));
  await settled();
  expect(lab.runs.store.getState().current).toBeNull();
  expect(runOf(2)).toMatchObject({ phase: 'finished', losses });
});

test('where a run was already made on this visit, those of earlier ones join it, unless it has the number of one', async () => {
  trainToTheEnd(1);
  expect(restoreKept(keptRuns())).toBe(false);
  expect(numbers()).toEqual([1]);

  const worker = new FakeWorker();
  lab = worker.lab(undefined, { lastRun: 5 });
  lab.runs.train('run');
  expect(restoreKept(keptRuns())).toBe(true);
  await settled();
  expect(numbers()).toEqual([6, 3, 2, 1]);
  expect(lab.runs.store.getState().current?.number).toBe(6);
  expect([...lab.runs.restorable.getState()]).toEqual([2]);
});
