import { expect, test } from 'vitest';
import type { WorkerEvent } from '../../../src/protocol/events.ts';
import { totalSteps } from '../../../src/state/run.ts';
import { FakeWorker } from './fake-worker.ts';

/** A lab with a run of 15 epochs of 10 steps under way, what it sends from then on, and what the worker tells it. */
function training() {
  const worker = new FakeWorker();
  const lab = worker.lab();
  const { sent } = worker;
  const hear = (event: WorkerEvent) => worker.say(event);
  lab.runs.train('run');
  hear({ type: 'phaseChanged', run: 1, phase: 'training', step: 0, stepsPerEpoch: 10 });
  sent.splice(0);
  return { lab, sent, hear, run: () => lab.runs.store.getState().current };
}

test('an adjustment is sent, and marked on the run when the worker has made it', () => {
  const { lab, sent, hear, run } = training();
  lab.runs.adjust({ learningRate: 0.01 });
  expect(sent).toEqual([{ type: 'adjust', run: 1, values: { learningRate: 0.01 } }]);
  expect(run()?.adjustments).toEqual([]);
  hear({ type: 'adjusted', run: 1, step: 7, values: { learningRate: 0.01 } });
  hear({ type: 'adjusted', run: 1, step: 9, values: { dropout: 0.5 } });
  expect(run()?.adjustments).toEqual([
    { step: 7, values: { learningRate: 0.01 } },
    { step: 9, values: { dropout: 0.5 } },
  ]);
});

test('a run that is made longer goes on, and its recipe says how long it is', () => {
  const { lab, sent, hear, run } = training();
  hear({ type: 'stoppedEarly', run: 1, epoch: 4 });
  hear({ type: 'bestRestored', run: 1, epoch: 2 });
  expect(run()).toMatchObject({ stoppedAt: 4, restoredEpoch: 2 });
  lab.runs.extend(20);
  expect(sent.map((command) => command.type)).toEqual(['extend', 'advance']);
  hear({ type: 'extended', run: 1, epochs: 20 });
  const current = run();
  expect(current).toMatchObject({ stoppedAt: null, restoredEpoch: null });
  expect(current && totalSteps(current)).toBe(200);
  expect(lab.draft.store.getState().recipe.epochs).toBe(15);
});
