import { memory } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TrainingSet } from '../../src/dataset/training-set.ts';
import { DataFeed } from '../../src/engine/data-feed.ts';
import { openDevice } from '../../src/engine/device.ts';
import { createBatchSource } from '../../src/engine/tape/ops/batch-source.ts';
import { NetworkTrainer } from '../../src/engine/tape/trainer.ts';
import { PlannedTrainer } from '../../src/engine/webgl/plan/planned-trainer.ts';
import { EVERY_KIND, graphOf, SMALL_DENSE } from './support/networks.ts';
import { CALM, continueCurve, curveOf, DATA_URL, RECIPE, startEngine, UNHEARD, UNWATCHED } from './support/training.ts';

const engine = await startEngine('webgl');
const dense = graphOf(...SMALL_DENSE);
const everyKind = graphOf(...EVERY_KIND);

let before = 0;
beforeEach(() => {
  before = memory().numTensors;
});
afterEach(() => {
  vi.restoreAllMocks();
  expect(memory().numTensors).toBe(before);
});

test('a small network learns real garments', async () => {
  const trainer = await engine.createTrainer(dense, RECIPE);
  expect(trainer.stepsPerEpoch).toBe(32);
  const { losses, accuracies } = await continueCurve(trainer, 96);
  const { loss, accuracy, indices } = await trainer.evaluate('validation', UNWATCHED);
  trainer.dispose();
  expect(mean(losses.slice(0, 8))).toBeGreaterThan(1.6);
  expect(mean(losses.slice(-8))).toBeLessThan(0.8);
  expect(mean(accuracies.slice(-8))).toBeGreaterThan(0.75);
  expect(indices).toHaveLength(400);
  expect(accuracy).toBeGreaterThan(0.7);
  expect(loss).toBeLessThan(0.85);
});

test('the same seed gives the same curve bit for bit, whenever it is read; another seed another curve', async () => {
  const first = await curveOf(engine, everyKind, RECIPE, 40);
  const second = await curveOf(engine, everyKind, RECIPE, 40, 1);
  const other = await curveOf(engine, everyKind, { ...RECIPE, seed: 43 }, 40, 7);
  expect(first.losses).toHaveLength(40);
  expect(second).toEqual(first);
  expect(other.losses).not.toEqual(first.losses);
});

/** Both trainers on the same images, not yet rehearsed: by kernels of our own, and on tfjs' tape. */
async function bothTrainers() {
  const feed = new DataFeed(DATA_URL, UNHEARD);
  const { store, manifest } = await feed.described;
  const { trainingImages, validationSplit: validationFraction, seed } = RECIPE;
  const images = new TrainingSet(store, manifest.shards, { samples: trainingImages, validationFraction, seed });
  const sources = { train: createBatchSource(store, 'train'), test: createBatchSource(store, 'test') };
  const device = await openDevice('webgl');
  const { gpu } = device;
  if (gpu === null) throw new Error('The kernels do not work here.');
  return {
    planned: () => new PlannedTrainer(everyKind, RECIPE, { gpu, device, store, images }),
    taped: () => new NetworkTrainer(everyKind, RECIPE, { device, store, sources, images }),
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

test('the processor takes the same steps as the GPU, but for rounding', async () => {
  const gpu = await curveOf(engine, everyKind, RECIPE, 6);
  const spare = await startEngine('cpu');
  const cpu = await curveOf(spare, everyKind, RECIPE, 6);
  await engine.open('webgl');
  expect(cpu.accuracies).toEqual(gpu.accuracies);
  cpu.losses.forEach((loss, step) => {
    expect(loss).toBeCloseTo(gpu.losses[step] ?? Number.NaN, 3);
  });
});

test('the processor alone learns, too', async () => {
  const spare = await startEngine('cpu');
  const { losses } = await curveOf(spare, dense, { ...RECIPE, learningRate: 0.01 }, 40);
  await engine.open('webgl');
  expect(mean(losses.slice(-4))).toBeLessThan(0.6 * mean(losses.slice(0, 4)));
});

test('after ten trainings tensors and GPU bytes are where they were', async () => {
  await curveOf(engine, everyKind, RECIPE, 3);
  const start = engine.memory();
  const lengths: number[] = [];
  for (let run = 0; run < 10; run++) {
    const trainer = await engine.createTrainer(everyKind, { ...RECIPE, seed: run });
    lengths.push((await continueCurve(trainer, 3)).losses.length);
    await trainer.evaluate('validation', UNWATCHED);
    trainer.dispose();
  }
  expect(lengths).toEqual(new Array(10).fill(3));
  expect(engine.memory()).toEqual(start);
});

test('a hundred steps hold no more tensors and GPU bytes than three', async () => {
  const trainer = await engine.createTrainer(everyKind, RECIPE);
  await continueCurve(trainer, 3, 1);
  const early = engine.memory();
  await continueCurve(trainer, 97, 1);
  const late = engine.memory();
  trainer.dispose();
  expect(late).toEqual(early);
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

test('metrics come once each, in order, from the first step', async () => {
  const trainer = await engine.createTrainer(dense, RECIPE);
  expect((await trainer.readMetrics()).losses).toHaveLength(0);
  for (let step = 0; step < 300; step++) await trainer.trainStep(CALM);
  const first = await trainer.readMetrics();
  await trainer.trainStep(CALM);
  const second = await trainer.readMetrics();
  trainer.dispose();
  expect([first.firstStep, first.losses.length, first.accuracies.length]).toEqual([0, 300, 300]);
  expect([second.firstStep, second.losses.length]).toEqual([300, 1]);
  expect(first.losses.every((loss) => loss > 0 && loss < 4)).toBe(true);
});

test('a learning rate that is far too high shows as a loss that is no number', async () => {
  const trainer = await engine.createTrainer(dense, { ...RECIPE, optimizer: { kind: 'sgd' }, learningRate: 1e30 });
  const { losses } = await continueCurve(trainer, 5);
  trainer.dispose();
  expect(losses[0]).toBeGreaterThan(1);
  expect(losses.some((loss) => !Number.isFinite(loss))).toBe(true);
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
