import { beforeEach, expect, test } from 'vitest';
import { ciutacuCnn } from '../../../src/core/network/presets/ciutacu.ts';
import type { Snapshot } from '../../../src/core/training/snapshot.ts';
import type { Command } from '../../../src/protocol/commands.ts';
import type { WorkerEvent } from '../../../src/protocol/events.ts';
import { draftOf } from '../../../src/state/draft.ts';
import { createLab, type Lab } from '../../../src/state/lab.ts';
import { interventionsOf } from '../../../src/state/live.ts';
import { newRun } from '../../../src/state/run.ts';
import { allRuns } from '../../../src/state/runs.ts';

let sent: Command[];
let hear: (event: WorkerEvent) => void;
let lab: Lab;

const snapshot: Snapshot = { step: 10, weights: [new Float32Array(2)], slots: [] };

/** A worker that answers every question for weights. */
beforeEach(() => {
  sent = [];
  hear = () => undefined;
  const port = {
    postMessage(command: Command) {
      sent.push(command);
      if (command.type === 'fetchSnapshot') hear({ type: 'snapshotFetched', request: command.request, snapshot });
    },
    addEventListener: (_type: 'message', listener: (event: { data: WorkerEvent }) => void) => {
      hear = (data) => listener({ data });
    },
  };
  lab = createLab({ port, initialDraft: draftOf(ciutacuCnn, 42), baseUrl: '', shippedUrl: '', backend: 'auto' });
});

function trainToTheEnd(run: number) {
  lab.train('run');
  hear({ type: 'epochEnded', run, report: { epoch: 1, step: 10, trainSample: null, validation: null } });
  hear({ type: 'phaseChanged', run, phase: 'finished', step: 10, stepsPerEpoch: 10 });
}

const runOf = (number: number) => {
  const run = allRuns(lab.runs.getState()).find((other) => other.number === number);
  if (run === undefined) throw new Error(`There is no run ${number}.`);
  return run;
};

test('the weights of a run are fetched before another takes its place', async () => {
  trainToTheEnd(1);
  trainToTheEnd(2);
  expect(sent.map(({ type }) => type)).toEqual(['open', 'train', 'fetchSnapshot', 'train']);
  await Promise.resolve();
  expect([...lab.restorable.getState()]).toEqual([1]);
});

test('a restored run is the current one again, from its weights and standing still; the others keep their order', async () => {
  trainToTheEnd(1);
  hear({ type: 'adjusted', run: 1, step: 5, values: { learningRate: 0.01 } });
  trainToTheEnd(2);
  await Promise.resolve();
  sent = [];
  lab.restore(runOf(1));
  expect(sent.map(({ type }) => type)).toEqual(['fetchSnapshot', 'train', 'pause', 'adjust']);
  expect(sent[1]).toMatchObject({ run: 1, from: snapshot });
  expect(sent[3]).toMatchObject({ run: 1, values: { learningRate: 0.01 } });
  expect(lab.runs.getState().current?.number).toBe(1);
  expect(allRuns(lab.runs.getState()).map(({ number }) => number)).toEqual([2, 1]);
  hear({ type: 'adjusted', run: 1, step: 10, values: { learningRate: 0.01 } });
  expect(interventionsOf(runOf(1))).toHaveLength(1);
  lab.train('run');
  expect(lab.runs.getState().current?.number).toBe(3);
});

test('while a run trains, restoring another one changes the draft only', async () => {
  trainToTheEnd(1);
  lab.train('run');
  await Promise.resolve();
  sent = [];
  lab.restore(runOf(1));
  expect(sent).toEqual([]);
  expect(lab.draft.store.getState().change).toBe('restore run 1');
});

test('Reset keeps the weights too', async () => {
  trainToTheEnd(1);
  lab.reset();
  await Promise.resolve();
  lab.restore(runOf(1));
  expect(lab.runs.getState().current?.number).toBe(1);
});

test('runs of an earlier visit come back in their order, and the one that was trained goes on from its weights', () => {
  const kept = [1, 2, 3].map((number) => newRun(number, draftOf(ciutacuCnn, 42), 'CNN'));
  expect(
    lab.bringBack({ runs: kept, snapshots: new Map([[2, snapshot]]), current: 2, lastNumber: 5, leftOut: 0 }),
  ).toBe(true);
  expect(allRuns(lab.runs.getState()).map(({ number }) => number)).toEqual([3, 2, 1]);
  expect(lab.runs.getState().current?.number).toBe(2);
  expect(sent.slice(1)).toMatchObject([{ type: 'train', run: 2, from: snapshot }, { type: 'pause' }]);
  expect([...lab.restorable.getState()]).toEqual([2]);
  lab.reset();
  lab.train('run');
  expect(lab.runs.getState().current?.number).toBe(6);
});

test('where a run was already made on this visit, nothing is brought back', () => {
  trainToTheEnd(1);
  const kept = [newRun(7, draftOf(ciutacuCnn, 42), 'CNN')];
  expect(lab.bringBack({ runs: kept, snapshots: new Map(), current: null, lastNumber: 7, leftOut: 0 })).toBe(false);
  expect(allRuns(lab.runs.getState()).map(({ number }) => number)).toEqual([1]);
});
