import { beforeEach, expect, test } from 'vitest';
import type { DatasetSpec } from '../../../src/core/dataset/spec.ts';
import { presetsFor } from '../../../src/datasets/catalogue.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { draftOf } from '../../../src/state/draft.ts';
import type { Lab } from '../../../src/state/lab.ts';
import { newRun } from '../../../src/state/run.ts';
import { checkpointAt } from '../support/checkpoints.ts';
import { settled } from '../support/turns.ts';
import { FASHION_SOURCE, FakeWorker } from './fake-worker.ts';

const SIGNS: DatasetSpec = {
  ...FASHION_MNIST,
  id: 'signs',
  title: 'Signs',
  samples: { kind: 'image', height: 20, width: 24, channels: 3, storage: 'uint8', scale: 255 },
  classes: ['stop', 'yield', 'go', 'turn'],
  splits: { train: 600, test: 200 },
  library: null,
  capabilities: [],
};
const SIGNS_SOURCE = { baseUrl: 'http://localhost/signs/', expected: SIGNS, pretrainedUrl: null };
const UNKNOWN_SOURCE = { ...SIGNS_SOURCE, expected: null };

let worker: FakeWorker;
let lab: Lab;

const kinds = () => worker.sent.map(({ type }) => type);
const opened = () => lab.dataSet.store.getState();
const current = () => lab.runs.store.getState().current;

function arrive(baseUrl: string, bytes: number, label = 1) {
  const arrival = {
    split: 'train' as const,
    first: 0,
    labels: Uint8Array.of(label),
    preview: new Uint8Array(bytes),
    shardsArrived: 1,
    shardsTotal: 2,
  };
  worker.say({ type: 'shardArrived', baseUrl, arrival });
}

function open() {
  worker = new FakeWorker();
  lab = worker.lab(draftOf(presetsFor(FASHION_MNIST)[0], 42), { sources: [FASHION_SOURCE, SIGNS_SOURCE] });
  worker.say({ type: 'opened', report: { backend: 'wasm', device: null, fallback: null } });
  worker.say({ type: 'datasetOpened', baseUrl: FASHION_SOURCE.baseUrl, spec: FASHION_MNIST });
}

beforeEach(open);

test('a data set that was opened brings a draft of its own, and Undo brings back the one before', () => {
  lab.dataSet.open(SIGNS_SOURCE);
  worker.say({ type: 'datasetOpened', baseUrl: SIGNS_SOURCE.baseUrl, spec: SIGNS });
  const { dataset, network } = lab.draft.store.getState();
  expect(dataset).toBe(SIGNS);
  expect(network.layers.at(-1)).toMatchObject({ kind: 'dense', units: 4, activation: 'softmax' });
  lab.draft.undo();
  expect(lab.draft.store.getState().dataset).toBe(FASHION_MNIST);
});

test('shards of a data set that is open no more are left aside', () => {
  arrive(FASHION_SOURCE.baseUrl, 784);
  expect(opened()).toMatchObject({ spec: FASHION_MNIST, trainingImages: 1 });
  lab.dataSet.open(SIGNS_SOURCE);
  expect(opened()).toMatchObject({ spec: SIGNS, trainingImages: 0, classCounts: [0, 0, 0, 0] });
  arrive(FASHION_SOURCE.baseUrl, 784);
  expect(opened().trainingImages).toBe(0);
  arrive(SIGNS_SOURCE.baseUrl, 1440, 3);
  expect(opened()).toMatchObject({ trainingImages: 1, classCounts: [0, 0, 0, 1] });
  expect(opened().samples[3]?.[0]?.pixels).toHaveLength(1440);
});

test('training a draft of another data set opens that first, and the run before keeps its weights', () => {
  lab.runs.train('run');
  const metrics = { firstStep: 0, losses: Float32Array.of(1), accuracies: Float32Array.of(0.5) };
  worker.say({ type: 'progressed', run: 1, metrics, imagesPerSecond: 1, memory: { tensors: 0, bytes: 0 } });
  worker.say({ type: 'epochEnded', run: 1, report: { epoch: 1, step: 1, trainSample: null, validation: null } });
  lab.draft.replace(draftOf(presetsFor(SIGNS)[0], 42));
  worker.sent.splice(0);
  lab.runs.train('run');
  expect(kinds()).toEqual(['openDataset', 'train']);
  expect(worker.sent[0]).toMatchObject({ source: SIGNS_SOURCE });
  expect(worker.sent[1]).toMatchObject({ dataset: SIGNS, run: 2 });
  expect(current()?.draft.dataset).toBe(SIGNS);
  expect(lab.runs.store.getState().earlier.map(({ number }) => number)).toEqual([1]);
  worker.say({ type: 'checkpointed', run: 1, checkpoint: checkpointAt(1) });
  expect([...lab.runs.restorable.getState()]).toEqual([1]);
});

test('an open data set that is not there any more stays open, and is forgotten with the next one', () => {
  lab.dataSet.open(SIGNS_SOURCE);
  worker.say({ type: 'datasetOpened', baseUrl: SIGNS_SOURCE.baseUrl, spec: SIGNS });
  lab.dataSet.forget(SIGNS_SOURCE.baseUrl);
  expect(lab.dataSet.isOpen(SIGNS)).toBe(true);
  lab.runs.train('run');
  expect(current()?.draft.dataset).toBe(SIGNS);
  lab.dataSet.open(FASHION_SOURCE);
  expect(lab.dataSet.isAvailable(SIGNS)).toBe(false);
  lab.dataSet.know([SIGNS_SOURCE]);
  expect(lab.dataSet.isAvailable(SIGNS)).toBe(true);
  lab.dataSet.forget(SIGNS_SOURCE.baseUrl);
  expect(lab.dataSet.isAvailable(SIGNS)).toBe(false);
});

test('one that is made again is not forgotten with the next one', () => {
  lab.dataSet.open(SIGNS_SOURCE);
  lab.dataSet.forget(SIGNS_SOURCE.baseUrl);
  lab.dataSet.open(SIGNS_SOURCE);
  lab.dataSet.open(FASHION_SOURCE);
  expect(lab.dataSet.isAvailable(SIGNS)).toBe(true);
});

test('a run whose data set is nowhere to be had is not restored: the draft stays that of the open one', () => {
  const lost = { ...SIGNS, id: 'lost' };
  const draft = lab.draft.store.getState();
  lab.runs.restore(newRun(1, draftOf(presetsFor(lost)[0], 42), 'Small CNN'));
  expect(lab.draft.store.getState()).toBe(draft);
});

test('a draft whose data set is nowhere to be had starts nothing', () => {
  const lost = { ...SIGNS, id: 'lost' };
  lab.draft.replace(draftOf(presetsFor(lost)[0], 42));
  worker.sent.splice(0);
  lab.runs.train('run');
  expect(lab.dataSet.isAvailable(lost)).toBe(false);
  expect(kinds()).toEqual([]);
  expect(current()).toBeNull();
});

test('a kept run of another data set than the open one stays among the earlier ones', async () => {
  const kept = newRun(1, draftOf(presetsFor(SIGNS)[0], 42), 'Small CNN');
  const checkpoint = checkpointAt(1);
  worker.sent.splice(0);
  lab.runs.restoreKeptRuns(
    { runs: [kept], older: new Set(), checkpoints: new Set([1]), current: 1, lastNumber: 1 },
    async () => checkpoint,
  );
  expect(current()).toBeNull();
  expect(kinds()).toEqual([]);
  lab.runs.restore(kept);
  await settled();
  expect(kinds()).toEqual(['openDataset', 'train']);
  expect(current()?.number).toBe(1);
});

test('a data set that only its manifest describes is none until that has arrived', () => {
  worker = new FakeWorker();
  lab = worker.lab(draftOf(presetsFor(FASHION_MNIST)[0], 42), { sources: [UNKNOWN_SOURCE, FASHION_SOURCE] });
  expect(lab.dataSet.isOpen(FASHION_MNIST)).toBe(false);
  worker.say({ type: 'datasetOpened', baseUrl: UNKNOWN_SOURCE.baseUrl, spec: SIGNS });
  expect(lab.dataSet.isOpen(SIGNS)).toBe(true);
  expect(lab.draft.store.getState().dataset).toBe(SIGNS);
});

test('a drawing is dropped with the data set that it was made for', () => {
  lab.questions.show(new Uint8Array(784));
  lab.dataSet.open(SIGNS_SOURCE);
  worker.say({ type: 'datasetOpened', baseUrl: SIGNS_SOURCE.baseUrl, spec: SIGNS });
  expect(lab.questions.drawing.getState().pixels).toBeNull();
});
