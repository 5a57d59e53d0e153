import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DatasetSpec } from '../../../src/core/dataset/spec.ts';
import type { Evaluation, EvaluationSet } from '../../../src/core/evaluation/evaluation.ts';
import { defaultRecipe } from '../../../src/core/training/recipe.ts';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { draftOf } from '../../../src/state/draft.ts';
import { newRun, runAfter } from '../../../src/state/run.ts';
import { judgeMirrored } from '../../../src/worker/judge-mirrored.ts';
import { ServedWorker } from './served-worker.ts';

const DATASET: DatasetSpec = {
  ...FASHION_MNIST,
  classes: FASHION_MNIST.classes.slice(0, 2),
  samples: { kind: 'image', height: 1, width: 2, channels: 1, storage: 'uint8', scale: 1 },
};
const RECIPE = { ...defaultRecipe(DATASET), testTimeFlip: true };
const NEVER = new AbortController().signal;

/** The left pixel of an image is the probability of its first class, in tenths. */
function answersTo(images: Uint8Array): Float32Array<ArrayBuffer> {
  const firsts = images.filter((_, i) => i % 2 === 0);
  return Float32Array.from([...firsts].flatMap((tenths) => [tenths / 10, 1 - tenths / 10]));
}

/** What is made of the answers to a set of these images. */
function judged(
  images: readonly (readonly [number, number])[],
  labels: readonly number[],
  set: EvaluationSet = 'test',
) {
  const bytes = Uint8Array.from(images.flat());
  const evaluation: Evaluation = {
    set,
    loss: 9,
    accuracy: 0,
    indices: Uint32Array.from(images.keys()),
    labels: Uint8Array.from(labels),
    probabilities: answersTo(bytes),
    classes: 2,
  };
  const samples = (_split: string, indices: Uint32Array) =>
    Uint8Array.from([...indices].flatMap((index) => [...bytes.subarray(2 * index, 2 * index + 2)]));
  const context = { engine: { samples }, emit: () => undefined, yieldToMessages: async () => undefined };
  const trainer = { predict: async (some: Uint8Array) => answersTo(some) };
  return {
    by: (recipe = RECIPE, signal = NEVER) =>
      judgeMirrored({ graph: { dataset: DATASET }, recipe, trainer, evaluation }, context, signal),
  };
}

describe('the mean over each image and its mirror image', () => {
  test('has its own accuracy and loss', async () => {
    // As they are, 0.6 and 0.9 for the first class; mirrored, 0.2 and 0.7; the means are 0.4 and 0.8.
    const mirrored = await judged(
      [
        [6, 2],
        [9, 7],
      ],
      [1, 0],
    ).by();
    expect(mirrored?.accuracy).toBe(1);
    expect(mirrored?.loss).toBeCloseTo(-(Math.log(0.6) + Math.log(0.8)) / 2, 6);
  });

  test('is taken of every image, however many there are', async () => {
    const images = Array.from({ length: 1201 }, (_, i) => [6, i === 1200 ? 6 : 2] as const);
    const mirrored = await judged(images, new Array(1201).fill(1)).by();
    expect(mirrored?.accuracy).toBeCloseTo(1200 / 1201, 9);
  });

  test('stays a number where both answers were certain and wrong', async () => {
    expect((await judged([[10, 10]], [1]).by())?.loss).toBeGreaterThan(50);
    expect((await judged([[10, 10]], [1]).by())?.loss).toBeLessThan(100);
  });

  test('is left out where it is not asked for, and of other sets; and ends when aborted', async () => {
    expect(await judged([[6, 2]], [1]).by({ ...RECIPE, testTimeFlip: false })).toBeNull();
    expect(await judged([[6, 2]], [1], 'validation').by()).toBeNull();
    await expect(judged([[6, 2]], [1]).by(RECIPE, AbortSignal.abort())).rejects.toThrow();
  });
});

describe('a run', () => {
  let worker: ServedWorker;
  beforeEach(() => {
    worker = new ServedWorker();
  });
  afterEach(() => worker.close());

  test('has it beside its test result, which stays what it was, until the test set is measured anew', async () => {
    const recipe = { ...ciutacuCnn.recipe, epochs: 1, batchSize: 32, testTimeFlip: true };
    worker.send({ type: 'train', run: 1, dataset: FASHION_MNIST, network: ciutacuCnn.network, recipe, advance: 'run' });
    await worker.until(() => worker.all('evaluated').length === 1);
    const [event] = worker.all('evaluated');
    if (event === undefined) throw new Error('There is no result.');
    expect(event.evaluation).toMatchObject({ set: 'test', loss: 2, accuracy: 0.25 });
    expect(event.mirrored?.loss).toBeCloseTo(Math.log(10), 5);
    const run = runAfter(newRun(1, draftOf(ciutacuCnn, 42), '#1'), event);
    expect(run.test).toMatchObject({ loss: 2, accuracy: 0.25 });
    expect(run.testMirrored).toEqual(event.mirrored);
    const { mirrored: _, ...plain } = event;
    const validated = { ...plain, evaluation: { ...plain.evaluation, set: 'validation' } } as const;
    expect(runAfter(run, validated).testMirrored).toEqual(event.mirrored);
    expect(runAfter(run, plain)).not.toHaveProperty('testMirrored');
  });
});
