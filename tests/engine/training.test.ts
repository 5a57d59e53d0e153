import { memory } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TrainingSet } from '../../src/dataset/training-set.ts';
import { DataFeed } from '../../src/engine/data-feed.ts';
import { openDevice } from '../../src/engine/device.ts';
import { initialWeights } from '../../src/engine/initial-weights.ts';
import { RecordedTrainer } from '../../src/engine/recorded-trainer.ts';
import { createBatchSource } from '../../src/engine/tape/ops/batch-source.ts';
import { NetworkTrainer } from '../../src/engine/tape/trainer.ts';
import { EVERY_KIND, graphOf } from './support/networks.ts';
import { CALM, continueCurve, DATA_URL, RECIPE, startEngine, UNHEARD, UNWATCHED } from './support/training.ts';

const engine = await startEngine('webgl');
const everyKind = graphOf(...EVERY_KIND);

let before = 0;
beforeEach(() => {
  before = memory().numTensors;
});
afterEach(() => {
  vi.restoreAllMocks();
  expect(memory().numTensors).toBe(before);
});

/** Not yet rehearsed, on the images that the engine's trainers learn. */
async function tapeTrainer() {
  const feed = new DataFeed(DATA_URL, UNHEARD);
  const { store, blocks } = await feed.described;
  const { trainingImages, validationSplit: validationFraction, seed } = RECIPE;
  const trainingSet = new TrainingSet(store, blocks, { samples: trainingImages, validationFraction, seed });
  const sources = { train: createBatchSource(store, 'train'), test: createBatchSource(store, 'test') };
  return new NetworkTrainer(everyKind, RECIPE, { device: await openDevice('webgl'), store, sources, trainingSet });
}

test('the step that compiles everything ahead leaves no trace on the tape', async () => {
  const [rehearsed, unrehearsed] = [await tapeTrainer(), await tapeTrainer()];
  await rehearsed.warmUp();
  const drawing = new Uint8Array(784).map((_, i) => i % 256);
  expect(await rehearsed.predict(drawing)).toEqual(await unrehearsed.predict(drawing));
  expect(await continueCurve(rehearsed, 6)).toEqual(await continueCurve(unrehearsed, 6));
  rehearsed.dispose();
  unrehearsed.dispose();
});

test('the steps that compile everything ahead leave no trace on the kernels', async () => {
  const trainer = await engine.createTrainer(everyKind, RECIPE);
  expect(trainer).toBeInstanceOf(RecordedTrainer);
  const { step, weights, slots } = await trainer.snapshot();
  expect(step).toBe(0);
  expect(weights).toEqual(initialWeights(everyKind, RECIPE.seed));
  expect(slots).toHaveLength(2);
  for (const values of slots.flat()) expect(values.every((value) => value === 0)).toBe(true);
  expect((await trainer.readMetrics()).losses).toHaveLength(0);
  trainer.dispose();
});

test('the kernels and the tape take the same steps, and judge and answer alike, but for rounding', async () => {
  const [drawn, taped] = [await engine.createTrainer(everyKind, RECIPE), await tapeTrainer()];
  const [ours, theirs] = [await continueCurve(drawn, 8), await continueCurve(taped, 8)];
  expect(ours.accuracies).toEqual(theirs.accuracies);
  for (const [step, loss] of theirs.losses.entries()) expect(ours.losses[step]).toBeCloseTo(loss, 4);
  for (const set of ['validation', 'trainSample'] as const) {
    const [mine, other] = [await drawn.evaluate(set, UNWATCHED), await taped.evaluate(set, UNWATCHED)];
    expect(mine.indices).toEqual(other.indices);
    expect(mine.labels).toEqual(other.labels);
    // Adam makes whole steps of gradients that are nothing but rounding, such as a bias' before batch normalisation.
    expect(mine.loss).toBeCloseTo(other.loss, 2);
  }
  const drawings = new Uint8Array(3 * 784).map((_, i) => (i * 31) % 256);
  const [answers, expected] = [await drawn.predict(drawings), await taped.predict(drawings)];
  expect(answers).toHaveLength(30);
  for (const [i, share] of expected.entries()) expect(answers[i]).toBeCloseTo(share, 2);
  drawn.dispose();
  taped.dispose();
});

test('a step reads nothing back and compiles nothing', async () => {
  const trainer = await engine.createTrainer(everyKind, RECIPE);
  const forbidden = ['readPixels', 'getBufferSubData', 'finish', 'linkProgram', 'compileShader'] as const;
  const spies = forbidden.map((name) => vi.spyOn(WebGL2RenderingContext.prototype, name));
  const draws = vi.spyOn(WebGL2RenderingContext.prototype, 'drawArrays');
  for (let step = 0; step < 40; step++) await trainer.trainStep(CALM);
  const calls = spies.map((spy) => spy.mock.calls.length);
  const drawn = draws.mock.calls.length;
  const { losses } = await trainer.readMetrics();
  trainer.dispose();
  expect(drawn).toBeGreaterThan(40);
  expect(calls).toEqual([0, 0, 0, 0, 0]);
  expect(losses).toHaveLength(40);
  expect(spies[1]?.mock.calls.length).toBe(1);
});
