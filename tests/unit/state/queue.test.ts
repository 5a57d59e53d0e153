import { beforeEach, expect, test } from 'vitest';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import type { Command } from '../../../src/protocol/commands.ts';
import type { RunPhase, WorkerEvent } from '../../../src/protocol/events.ts';
import { draftOf } from '../../../src/state/draft.ts';
import type { Lab } from '../../../src/state/lab.ts';
import { evaluationOf } from '../core/support/evaluation.ts';
import { FakeWorker } from './fake-worker.ts';

let sent: Command[];
let hear: (event: WorkerEvent) => void;
let lab: Lab;

const draft = draftOf(ciutacuCnn, 42);
const plans = ['one', 'two', 'three'].map((name) => ({ name, draft }));
const faulty = { name: 'faulty', draft: { ...draft, network: { layers: [] } } };

beforeEach(() => {
  const worker = new FakeWorker();
  lab = worker.lab(draft);
  sent = worker.sent;
  hear = (event) => worker.say(event);
});

const queued = () => lab.runs.queue.store.getState();
const numbers = () => queued().plans.map(({ run }) => run);
const enter = (run: number, phase: RunPhase) => hear({ type: 'phaseChanged', run, phase, step: 1, stepsPerEpoch: 1 });

/** A run ends, and its test result comes. */
const finish = (run: number) => {
  enter(run, 'finished');
  hear({ type: 'evaluated', run, evaluation: evaluationOf([[1, 1, 0.5]]) });
};

test('each run begins when the one before has its test result or has failed', () => {
  lab.runs.queue.start('sweep', plans);
  expect(numbers()).toEqual([1, null, null]);
  enter(1, 'training');
  expect(numbers()).toEqual([1, null, null]);
  enter(1, 'finished');
  expect(numbers()).toEqual([1, null, null]);
  finish(1);
  expect(numbers()).toEqual([1, 2, null]);
  expect(lab.runs.store.getState().current?.name).toBe('two');
  enter(2, 'failed');
  finish(3);
  expect(numbers()).toEqual([1, 2, 3]);
  expect(queued().state).toBe('idle');
  expect(lab.draft.store.getState()).toBe(draft);
});

test('a run that is paused keeps the others waiting', () => {
  lab.runs.queue.start('sweep', plans);
  enter(1, 'paused');
  expect(queued().state).toBe('running');
  enter(1, 'training');
  finish(1);
  expect(numbers()).toEqual([1, 2, null]);
});

test('a run whose test result nobody waits for is over when it ends', () => {
  lab.runs.queue.start(
    'sweep',
    plans.map((plan) => ({ ...plan, judgesTest: false })),
  );
  enter(1, 'finished');
  expect(numbers()).toEqual([1, 2, null]);
});

test('stopping pauses the run under way and starts no other', () => {
  lab.runs.queue.start('sweep', plans);
  lab.runs.queue.stop();
  expect(sent.at(-1)).toEqual({ type: 'pause', run: 1 });
  enter(1, 'finished');
  expect(numbers()).toEqual([1, null, null]);
});

test('another run in the place of the queued one ends the queue', () => {
  lab.runs.queue.start('sweep', plans);
  lab.runs.reset();
  expect(queued().state).toBe('idle');
  lab.runs.train('run');
  enter(2, 'finished');
  expect(numbers()).toEqual([1, null, null]);
});

test('plans that cannot be trained are left out', () => {
  lab.runs.queue.start('sweep', [faulty, ...plans.slice(0, 1), faulty]);
  finish(1);
  expect(numbers()).toEqual([1]);
  expect(queued().state).toBe('idle');
});
