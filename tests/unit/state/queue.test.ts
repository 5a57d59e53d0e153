import { beforeEach, describe, expect, test } from 'vitest';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import type { Command } from '../../../src/protocol/commands.ts';
import type { RunPhase, WorkerEvent } from '../../../src/protocol/events.ts';
import { draftOf } from '../../../src/state/draft.ts';
import type { Lab } from '../../../src/state/lab.ts';
import { runsLeft } from '../../../src/state/queue.ts';
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

test('a queue that was stopped goes on with the run that was under way', () => {
  lab.runs.queue.start('sweep', plans);
  enter(1, 'training');
  lab.runs.queue.stop();
  enter(1, 'paused');
  expect(runsLeft(queued(), lab.runs.store.getState())).toBe(3);
  lab.runs.queue.goOn();
  expect(sent.at(-1)).toEqual({ type: 'advance', run: 1, advance: 'run' });
  expect(runsLeft(queued(), lab.runs.store.getState())).toBe(0);
  finish(1);
  expect(numbers()).toEqual([1, 2, null]);
});

test('a queue of an earlier visit starts nothing until it is asked to go on, and then what has not begun', () => {
  const begun = plans.map((plan, i) => ({ ...plan, run: i === 0 ? 7 : null }));
  lab.runs.queue.restore({ purpose: 'sweep', plans: begun });
  const { length } = sent;
  expect(queued()).toMatchObject({ purpose: 'sweep', state: 'idle' });
  expect(sent).toHaveLength(length);
  expect(runsLeft(queued(), lab.runs.store.getState())).toBe(2);
  lab.runs.queue.goOn();
  expect(numbers()).toEqual([7, 1, null]);
  expect(sent.at(-1)).toMatchObject({ type: 'train', run: 1 });
});

test('a queue does not go on while another run is at work', () => {
  lab.runs.queue.restore({ purpose: 'sweep', plans: plans.map((plan) => ({ ...plan, run: null })) });
  lab.runs.train('run');
  enter(1, 'paused');
  lab.runs.queue.goOn();
  expect(numbers()).toEqual([null, null, null]);
  expect(queued().state).toBe('idle');
});

describe('a plan that begins with the weights of a run', () => {
  /** A run that has taken a step, so that it has weights. */
  const step = (run: number) =>
    hear({
      type: 'progressed',
      run,
      metrics: { firstStep: 0, losses: Float32Array.of(2), accuracies: Float32Array.of(0.1) },
      imagesPerSecond: 100,
      memory: { tensors: 1, bytes: 4 },
    });
  const weights = () => sent.filter(({ type }) => type === 'train').map((command) => 'weightsFrom' in command);

  test('takes those of the plan before it, whichever number its run got', () => {
    lab.runs.train('run');
    lab.runs.queue.start('lesson', [
      { name: 'before', draft },
      { name: 'after', draft, from: { plan: 0 } },
    ]);
    step(2);
    finish(2);
    expect(lab.runs.store.getState().current).toMatchObject({ number: 3, carriedFrom: { kind: 'run', run: 2 } });
    expect(weights()).toEqual([false, false, true]);
  });

  test('takes those of a run that is there already', () => {
    lab.runs.train('run');
    step(1);
    lab.runs.queue.start('lesson', [{ name: 'after', draft, from: { run: 1 } }]);
    expect(lab.runs.store.getState().current).toMatchObject({ number: 2, carriedFrom: { kind: 'run', run: 1 } });
  });

  test('is left out where the plan before it could not be trained, and what was chosen for the next run holds not here', () => {
    lab.runs.weights.setState({ kind: 'current' });
    lab.runs.queue.start('lesson', [faulty, { name: 'after', draft, from: { plan: 0 } }, { name: 'other', draft }]);
    expect(queued().plans.map(({ name, run }) => [name, run])).toEqual([['other', 1]]);
    step(1);
    finish(1);
    lab.runs.queue.start('lesson', [{ name: 'fresh', draft }]);
    expect(lab.runs.store.getState().current?.carriedFrom).toBeNull();
  });
});
