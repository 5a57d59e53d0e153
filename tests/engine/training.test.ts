import { memory } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TrainingSet } from '../../src/dataset/training-set.ts';
import { DataFeed } from '../../src/engine/data-feed.ts';
import { openDevice } from '../../src/engine/device.ts';
import { createBatchSource } from '../../src/engine/tape/ops/batch-source.ts';
import { NetworkTrainer } from '../../src/engine/tape/trainer.ts';
import { PlannedTrainer } from '../../src/engine/webgl/plan/planned-trainer.ts';
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

/** Both trainers on the same images, not yet rehearsed: by kernels of our own, and on tfjs' tape. */
async function bothTrainers() {
  const feed = new DataFeed(DATA_URL, UNHEARD);
  const { store, blocks } = await feed.described;
  const { trainingImages, validationSplit: validationFraction, seed } = RECIPE;
  const trainingSet = new TrainingSet(store, blocks, { samples: trainingImages, validationFraction, seed });
  const sources = { train: createBatchSource(store, 'train'), test: createBatchSource(store, 'test') };
  const device = await openDevice('webgl');
  const { gpu } = device;
  if (gpu === null) throw new Error('The kernels do not work here.');
  return {
    planned: () => new PlannedTrainer(everyKind, RECIPE, { gpu, device, store, trainingSet }),
    taped: () => new NetworkTrainer(everyKind, RECIPE, { device, store, sources, trainingSet }),
  };
}

test.each(['planned', 'taped'] as const)(
  'the step that compiles everything ahead leaves no trace (%s)',
  async (kind) => {
    const trainers = await bothTrainers();
    const [rehearsed, unrehearsed] = [trainers[kind](), trainers[kind]()];
    await rehearsed.warmUp();
    const drawing = new Uint8Array(784).map((_, i) => i % 256);
    expect(await rehearsed.predict(drawing)).toEqual(await unrehearsed.predict(drawing));
    expect(await continueCurve(rehearsed, 6)).toEqual(await continueCurve(unrehearsed, 6));
    rehearsed.dispose();
    unrehearsed.dispose();
  },
);

test('the kernels and the tape take the same steps, and judge and answer alike, but for rounding', async () => {
  const trainers = await bothTrainers();
  const [planned, taped] = [trainers.planned(), trainers.taped()];
  const [ours, theirs] = [await continueCurve(planned, 8), await continueCurve(taped, 8)];
  expect(ours.accuracies).toEqual(theirs.accuracies);
  for (const [step, loss] of theirs.losses.entries()) expect(ours.losses[step]).toBeCloseTo(loss, 4);
  for (const set of ['validation', 'trainSample'] as const) {
    const [mine, other] = [await planned.evaluate(set, UNWATCHED), await taped.evaluate(set, UNWATCHED)];
    expect(mine.indices).toEqual(other.indices);
    expect(mine.labels).toEqual(other.labels);
    // Adam makes whole steps of gradients that are nothing but rounding, such as a bias' before batch normalisation.
    expect(mine.loss).toBeCloseTo(other.loss, 2);
  }
  const drawings = new Uint8Array(3 * 784).map((_, i) => (i * 31) % 256);
  const [answers, expected] = [await planned.predict(drawings), await taped.predict(drawings)];
  expect(answers).toHaveLength(30);
  for (const [i, share] of expected.entries()) expect(answers[i]).toBeCloseTo(share, 2);
  planned.dispose();
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
