import { beforeEach, expect, test } from 'vitest';
import type { DatasetSpec } from '../../../src/core/dataset/spec.ts';
import { applyEdit } from '../../../src/core/network/network.ts';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { draftOf } from '../../../src/state/draft.ts';
import type { Lab } from '../../../src/state/lab.ts';
import { allRuns } from '../../../src/state/runs.ts';
import type { WeightsChoice } from '../../../src/state/weights-choice.ts';
import { checkpointAt } from '../support/checkpoints.ts';
import { settled } from '../support/turns.ts';
import { FakeWorker } from './fake-worker.ts';

let worker: FakeWorker;
let lab: Lab;

beforeEach(() => {
  worker = new FakeWorker();
  lab = worker.lab(draftOf(ciutacuCnn, 42));
});

const choose = (choice: WeightsChoice) => lab.runs.weights.setState(choice, true);
const current = () => lab.runs.store.getState().current;

/** A run of the draft to its end, with its checkpoint. */
function trainToTheEnd(run: number) {
  lab.runs.train('run');
  const metrics = { firstStep: 0, losses: new Float32Array(10), accuracies: new Float32Array(10) };
  worker.say({ type: 'progressed', run, metrics, imagesPerSecond: 100, memory: { tensors: 0, bytes: 0 } });
  worker.say({ type: 'epochEnded', run, report: { epoch: 1, step: 10, trainSample: null, validation: null } });
  worker.say({ type: 'checkpointed', run, checkpoint: checkpointAt(10) });
  worker.say({ type: 'phaseChanged', run, phase: 'finished', step: 10, stepsPerEpoch: 10 });
}

test('a run begins with the weights of an earlier one, which are read from its checkpoint', () => {
  trainToTheEnd(1);
  trainToTheEnd(2);
  choose({ kind: 'run', run: 1 });
  lab.runs.train('run');
  const { network, dataset } = ciutacuCnn;
  const values = checkpointAt(10).snapshot.weights;
  expect(worker.sent.at(-1)).toMatchObject({
    type: 'train',
    run: 3,
    weightsFrom: { kind: 'given', network, dataset, values },
  });
  expect(current()?.carriedFrom).toEqual({ kind: 'run', run: 1, layers: ['conv2d-1', 'dense-1', 'dense-2'] });
});

test('a checkpoint that is not in memory is read first', async () => {
  trainToTheEnd(1);
  trainToTheEnd(2);
  choose({ kind: 'run', run: 1 });
  lab.runs.checkpoints.release(1, async () => checkpointAt(10));
  lab.runs.train('run');
  expect(current()?.number).toBe(2);
  await settled();
  expect(worker.sent.at(-1)).toMatchObject({ type: 'train', run: 3, weightsFrom: { kind: 'given' } });
});

test('a run whose chosen weights cannot be read does not begin, and that is said', async () => {
  trainToTheEnd(1);
  trainToTheEnd(2);
  choose({ kind: 'run', run: 1 });
  lab.runs.checkpoints.release(1, async () => null);
  lab.runs.train('run');
  await settled();
  expect(current()?.number).toBe(2);
  expect(lab.device.getState().failure?.message).toMatch(/^The weights of run 1 cannot be read any more\./);
});

test('layers that were changed begin anew, and the run says which took weights', () => {
  trainToTheEnd(1);
  choose({ kind: 'current' });
  lab.draft.edit([{ type: 'setOptions', id: 'dense-1', values: { units: 50 } }], 'narrow');
  lab.runs.train('run');
  expect(worker.sent.at(-1)).toMatchObject({ weightsFrom: { kind: 'current' } });
  expect(current()?.carriedFrom).toEqual({ kind: 'run', run: 1, layers: ['conv2d-1'] });
});

test('where no layer takes any, a run begins with new weights and says so', () => {
  trainToTheEnd(1);
  choose({ kind: 'run', run: 1 });
  const network = ['conv2d-1', 'dense-1'].reduce(
    (edited, id) =>
      applyEdit(edited, { type: 'setOptions', id, values: id === 'dense-1' ? { units: 9 } : { filters: 9 } }),
    ciutacuCnn.network,
  );
  lab.draft.replace({ ...lab.draft.store.getState(), network });
  lab.runs.train('run');
  expect(worker.sent.at(-1)).not.toHaveProperty('weightsFrom');
  expect(current()?.carriedFrom).toBeNull();
});

test('the run at hand gives its weights to a network for other classes, all but its head', () => {
  const others: DatasetSpec = { ...FASHION_MNIST, id: 'others', classes: [...'abcdefghij'] };
  const source = { baseUrl: 'https://lab.example/others/', expected: others, pretrainedUrl: null };
  lab.dataSet.know([source]);
  trainToTheEnd(1);
  lab.openDataset(source);
  worker.say({ type: 'datasetOpened', baseUrl: source.baseUrl, spec: others });
  lab.draft.replace({ ...draftOf(ciutacuCnn, 42), dataset: others });
  choose({ kind: 'run', run: 1 });
  lab.runs.train('run');
  expect(worker.sent.at(-1)).toMatchObject({
    run: 2,
    dataset: others,
    weightsFrom: { kind: 'given', dataset: FASHION_MNIST },
  });
  expect(current()?.carriedFrom).toEqual({ kind: 'run', run: 1, layers: ['conv2d-1', 'dense-1'] });
  expect(allRuns(lab.runs.store.getState())).toHaveLength(2);
});

test('a network that was read gives its weights to each run, until something else is chosen', () => {
  const { dataset, network } = ciutacuCnn;
  const trained = { dataset, network, values: checkpointAt(10).snapshot.weights };
  choose({ kind: 'given', source: { kind: 'shipped', title: dataset.title }, trained });
  lab.runs.train('run');
  expect(worker.sent.at(-1)).toMatchObject({ run: 1, weightsFrom: { kind: 'given', ...trained } });
  expect(current()?.carriedFrom).toMatchObject({ kind: 'shipped', title: 'Fashion-MNIST' });
});
