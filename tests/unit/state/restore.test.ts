import { beforeEach, expect, test } from 'vitest';
import type { Snapshot } from '../../../src/core/training/snapshot.ts';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import type { Command } from '../../../src/protocol/commands.ts';
import type { WorkerEvent } from '../../../src/protocol/events.ts';
import { draftOf } from '../../../src/state/draft.ts';
import type { Lab } from '../../../src/state/lab.ts';
import { interventionsOf } from '../../../src/state/live.ts';
import { newRun } from '../../../src/state/run.ts';
import { allRuns } from '../../../src/state/runs.ts';
import { settled } from '../support/turns.ts';
import { FakeWorker, isAsk } from './fake-worker.ts';

let sent: Command[];
let hear: (event: WorkerEvent) => void;
let lab: Lab;

const snapshot: Snapshot = { step: 10, weights: [new Float32Array(2)], slots: [] };

/** A worker that answers every question for weights. */
beforeEach(() => {
  const worker = new FakeWorker();
  worker.onCommand = (command) => {
    if (isAsk(command, 'snapshot')) void worker.answer(command, snapshot);
  };
  lab = worker.lab();
  sent = worker.sent;
  hear = (event) => worker.say(event);
});

/** What was sent, with the names of requests. */
const kinds = () => sent.map((command) => (command.type === 'ask' ? command.name : command.type));

function trainToTheEnd(run: number) {
  lab.runs.train('run');
  hear({ type: 'epochEnded', run, report: { epoch: 1, step: 10, trainSample: null, validation: null } });
  hear({ type: 'phaseChanged', run, phase: 'finished', step: 10, stepsPerEpoch: 10 });
}

const runOf = (number: number) => {
  const run = allRuns(lab.runs.store.getState()).find((other) => other.number === number);
  if (run === undefined) throw new Error(`There is no run ${number}.`);
  return run;
};

test('the weights of a run are fetched before another takes its place', async () => {
  trainToTheEnd(1);
  trainToTheEnd(2);
  expect(kinds()).toEqual(['open', 'openDataset', 'train', 'snapshot', 'train']);
  await settled();
  expect([...lab.runs.restorable.getState()]).toEqual([1]);
});

test('a restored run is the current one again, from its weights and standing still; the others keep their order', async () => {
  trainToTheEnd(1);
  hear({ type: 'adjusted', run: 1, step: 5, values: { learningRate: 0.01 } });
  trainToTheEnd(2);
  await settled();
  sent.splice(0);
  lab.runs.restore(runOf(1));
  expect(kinds()).toEqual(['snapshot', 'train', 'adjust']);
  expect(sent[1]).toMatchObject({ run: 1, from: snapshot, standing: { phase: 'finished', isTested: false } });
  expect(lab.runs.store.getState().current?.phase).toBe('finished');
  expect(sent[2]).toMatchObject({ run: 1, values: { learningRate: 0.01 } });
  expect(lab.runs.store.getState().current?.number).toBe(1);
  expect(allRuns(lab.runs.store.getState()).map(({ number }) => number)).toEqual([2, 1]);
  hear({ type: 'adjusted', run: 1, step: 10, values: { learningRate: 0.01 } });
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

test('runs of an earlier visit come back in their order, and the one that was trained goes on from its weights', () => {
  const kept = [1, 2, 3].map((number) => newRun(number, draftOf(ciutacuCnn, 42), 'CNN'));
  expect(
    lab.runs.restoreKeptRuns({
      runs: kept,
      snapshots: new Map([[2, snapshot]]),
      current: 2,
      lastNumber: 5,
      leftOut: 0,
    }),
  ).toBe(true);
  expect(allRuns(lab.runs.store.getState()).map(({ number }) => number)).toEqual([3, 2, 1]);
  expect(lab.runs.store.getState().current?.number).toBe(2);
  expect(sent.slice(2)).toMatchObject([{ type: 'train', run: 2, from: snapshot, standing: { phase: 'paused' } }]);
  expect([...lab.runs.restorable.getState()]).toEqual([2]);
  lab.runs.reset();
  lab.runs.train('run');
  expect(lab.runs.store.getState().current?.number).toBe(6);
});

test('where a run was already made on this visit, nothing is brought back', () => {
  trainToTheEnd(1);
  const kept = [newRun(7, draftOf(ciutacuCnn, 42), 'CNN')];
  expect(lab.runs.restoreKeptRuns({ runs: kept, snapshots: new Map(), current: null, lastNumber: 7, leftOut: 0 })).toBe(
    false,
  );
  expect(allRuns(lab.runs.store.getState()).map(({ number }) => number)).toEqual([1]);
});
