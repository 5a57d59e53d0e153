import { beforeEach, describe, expect, test, vi } from 'vitest';
import { EMPTY_OWN_TEST, type OwnTest } from '../../../src/core/dataset/own-test.ts';
import { presetsFor } from '../../../src/datasets/catalogue.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { draftOf } from '../../../src/state/draft.ts';
import type { Lab } from '../../../src/state/lab.ts';
import { createOwnTest, type OwnTestControl, ownResultOf, ownTestProblem } from '../../../src/state/own-test.ts';
import { newRun, type Run } from '../../../src/state/run.ts';
import { SIGNS } from '../../fixtures/specs/datasets.ts';
import { checkpointAt } from '../support/checkpoints.ts';
import { settled } from '../support/turns.ts';
import { FakeWorker } from './fake-worker.ts';

let worker: FakeWorker;
let lab: Lab;
let control: OwnTestControl;
let kept: OwnTest;
const onKept = vi.fn();

const sample = (value: number) => new Uint8Array(784).fill(value);

/** A run that ended, of this data set. */
function runOf(number: number, dataset = FASHION_MNIST): Run {
  const run = newRun(number, draftOf(presetsFor(dataset)[0], 42), `Run ${number}`);
  const losses = Float32Array.of(1, number / 10);
  return { ...run, phase: 'finished', losses, accuracies: losses, epochs: [] };
}

/** Shares of two samples, of which the networks take the first for class 0 and the second for this one. */
function shares(second: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: 20 }, (_, i) => (i === 0 || i === 10 + second ? 1 : 0));
}

beforeEach(async () => {
  vi.clearAllMocks();
  worker = new FakeWorker();
  lab = worker.lab();
  kept = EMPTY_OWN_TEST;
  control = createOwnTest({
    runs: lab.runs.store,
    checkpoints: lab.runs.checkpoints,
    questions: lab.questions,
    keep: {
      readTest: async () => kept,
      writeTest: async (_, written) => {
        kept = written;
      },
    },
    onKept,
  });
  const [current, ...earlier] = [runOf(4), runOf(3), runOf(2), runOf(1, SIGNS)];
  lab.runs.store.setState({ current: current ?? null, earlier, lastNumber: 4 });
  lab.runs.checkpoints.addKept([3, 1], async () => checkpointAt(2));
  control.open(FASHION_MNIST);
  await settled();
  control.add(0, [sample(1)]);
  control.add(5, [sample(2)]);
});

const test_ = () => control.store.getState().test ?? EMPTY_OWN_TEST;
const resultOf = (run: number) => {
  const found = [...lab.runs.store.getState().earlier, lab.runs.store.getState().current].find(
    (each) => each?.number === run,
  );
  return found && ownResultOf(test_(), found);
};

/** The newest network answers. */
const answerNewest = (second: number) =>
  worker.answer(worker.asks('predictMany').at(-1), {
    run: 4,
    step: 2,
    testAccuracy: null,
    probabilities: shares(second),
  });

describe('the newest network', () => {
  test('is tested by itself, and what it takes each sample for is known', async () => {
    await answerNewest(5);
    expect(resultOf(4)).toMatchObject({ right: 2, total: 2 });
    expect(control.store.getState().predicted).toEqual([0, 5]);
    expect(kept).toEqual(test_());
    expect(onKept).toHaveBeenCalled();
  });

  test('is tested again when its run stands still, and until then has no result', async () => {
    await answerNewest(5);
    const { current } = lab.runs.store.getState();
    if (current === null) throw new Error('There is a run.');
    const longer = { ...current, losses: Float32Array.of(1, 0.4, 0.3), accuracies: Float32Array.of(1, 1, 1) };
    lab.runs.store.setState({ current: { ...longer, phase: 'training' } });
    expect(resultOf(4)).toBeUndefined();
    const asked = worker.asks('predictMany').length;
    lab.runs.store.setState({ current: { ...longer, phase: 'paused' } });
    expect(worker.asks('predictMany')).toHaveLength(asked + 1);
    await answerNewest(1);
    expect(resultOf(4)).toMatchObject({ right: 1, total: 2 });
  });
});

describe('an earlier run', () => {
  test('is tested with its own weights on request, or all are', async () => {
    const tested = control.measureAll();
    await settled();
    const [ask] = worker.asks('predictWith');
    expect(ask?.question).toMatchObject({ dataset: FASHION_MNIST, weights: checkpointAt(2).snapshot.weights });
    expect(ask?.question.pixels).toHaveLength(2 * 784);
    expect(control.store.getState().testing).toBe(3);
    await worker.answer(ask, shares(6));
    await tested;
    expect(resultOf(3)).toMatchObject({ right: 1, total: 2 });
    expect(worker.asks('predictWith')).toHaveLength(1);
    expect(control.store.getState().testing).toBeNull();
  });

  test('says why it cannot be: other data, no weights, or training now', () => {
    const sources = { runs: lab.runs.store, checkpoints: lab.runs.checkpoints };
    const problem = (run: Run) => ownTestProblem(sources, FASHION_MNIST, run);
    expect(problem(runOf(3))).toBeNull();
    expect(problem(runOf(4))).toBeNull();
    expect(problem(runOf(2))).toBe('The weights of this run are not kept, so it cannot be tested.');
    expect(problem(runOf(1, SIGNS))).toBe('My test set is for Fashion-MNIST, and this run was trained on Road signs.');
    expect(problem({ ...runOf(4), phase: 'training' })).toMatch(/^This run is training\./);
  });

  test('that cannot be tested leaves the others alone', async () => {
    const tested = control.measureAll();
    await settled();
    await worker.refuse(worker.asks('predictWith')[0], 'RangeError', 'The network has errors.');
    await tested;
    expect(control.store.getState()).toMatchObject({
      testing: null,
      problem: 'Run 3 could not be tested. The network has errors.',
    });
  });

  test('a run that has the number of another one that was deleted does not have its result', async () => {
    await answerNewest(5);
    lab.runs.store.setState({ current: { ...runOf(4), losses: Float32Array.of(1, 0.9) } });
    expect(resultOf(4)).toBeUndefined();
  });
});

test('results are of the samples that are there: others take them away, and Undo brings both back', async () => {
  await answerNewest(5);
  const before = test_();
  const undo = control.remove(0);
  expect(test_()).toMatchObject({ samples: [{ label: 5 }], results: [] });
  undo();
  expect(test_()).toEqual(before);
  const undoAll = control.clear();
  expect(test_().samples).toHaveLength(0);
  undoAll();
  expect(test_()).toEqual(before);
});

test('an answer about samples that are not there any more is dropped', async () => {
  const tested = control.measureAll();
  await settled();
  control.remove(0);
  await worker.answer(worker.asks('predictWith')[0], shares(5));
  await tested;
  expect(test_().results).toEqual([]);
});
