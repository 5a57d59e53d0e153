import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { LabContext } from '../../../../src/features/lab.tsx';
import { ModelPanel } from '../../../../src/features/model/ModelPanel.tsx';
import { FakeWorker } from '../../state/fake-worker.ts';
import { checkpointAt } from '../../support/checkpoints.ts';
import { settled } from '../../support/turns.ts';

afterEach(cleanup);

/** What the header of the model says of the draft; undefined where it is the run's. */
const tag = () => screen.queryByTitle(/keeps the model and recipe it started with$/)?.textContent;

test('unsaved changes name the run that Train starts, right after a restore too', async () => {
  const worker = new FakeWorker();
  const lab = worker.lab();
  render(
    <LabContext value={lab}>
      <ModelPanel />
    </LabContext>,
  );
  const train = (run: number) =>
    act(async () => {
      lab.runs.train('run');
      const metrics = { firstStep: 0, losses: new Float32Array(10), accuracies: new Float32Array(10) };
      worker.say({ type: 'progressed', run, metrics, imagesPerSecond: 9, memory: { tensors: 0, bytes: 0 } });
      worker.say({ type: 'epochEnded', run, report: { epoch: 1, step: 10, trainSample: null, validation: null } });
      worker.say({ type: 'checkpointed', run, checkpoint: checkpointAt(10) });
      worker.say({ type: 'phaseChanged', run, phase: 'finished', step: 10, stepsPerEpoch: 10 });
      await settled();
    });
  const edit = (batchSize: number) => act(() => lab.draft.setRecipe({ batchSize }, 'change batch size'));

  await train(1);
  expect(tag()).toBeUndefined();
  edit(64);
  expect(tag()).toBe('Unsaved changes: Train starts run 2');
  await train(2);
  const [first] = lab.runs.store.getState().earlier;
  if (first === undefined) throw new Error('The first run is kept.');
  act(() => lab.runs.restore(first));
  expect(lab.runs.store.getState().current?.number).toBe(1);
  expect(tag()).toBeUndefined();
  edit(128);
  expect(tag()).toBe('Unsaved changes: Train starts run 3');
});
