import { memory } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Backend } from '../../src/core/training/backend.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { EVERY_KIND, FROZEN, graphOf, type Row, SMALL_DENSE, SMALL_RESIDUAL } from './support/networks.ts';
import { CALM, continueCurve, curveOf, RECIPE, startEngine, UNWATCHED } from './support/training.ts';

const dense = graphOf(...SMALL_DENSE);
const everyKind = graphOf(...EVERY_KIND);

/** Where a network can train, and how many steps are many there: JavaScript alone is slow. */
const BACKENDS: readonly { readonly backend: Backend; readonly many: number }[] = [
  { backend: 'webgl', many: 500 },
  { backend: 'wasm', many: 500 },
  { backend: 'cpu', many: 50 },
];

describe.each(BACKENDS)('training on $backend', ({ backend, many }) => {
  let engine: Engine;
  let before = 0;
  beforeAll(async () => {
    engine = await startEngine(backend);
  });
  beforeEach(() => {
    before = memory().numTensors;
  });
  afterEach(() => {
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

  test('after ten trainings tensors and memory are where they were', async () => {
    await curveOf(engine, everyKind, RECIPE, 3);
    const start = engine.memory();
    for (let run = 0; run < 10; run++) {
      const trainer = await engine.createTrainer(everyKind, { ...RECIPE, seed: run });
      expect((await continueCurve(trainer, 3)).losses).toHaveLength(3);
      await trainer.evaluate('validation', UNWATCHED);
      trainer.dispose();
    }
    expect(engine.memory()).toEqual(start);
  });

  test.each<readonly [string, readonly Row[]]>([
    ['a dense network', SMALL_DENSE],
    ['a network of every kind', EVERY_KIND],
    ['a residual network', SMALL_RESIDUAL],
  ])(`${many} steps of %s hold no more tensors and memory than three`, async (_name, rows) => {
    const trainer = await engine.createTrainer(graphOf(...rows), { ...RECIPE, batchSize: 20 });
    await continueCurve(trainer, 3, 1);
    const early = engine.memory();
    await continueCurve(trainer, many, 10);
    const late = engine.memory();
    trainer.dispose();
    expect(late).toEqual(early);
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

  test('answers to drawings are probabilities, the same for one as among several', async () => {
    const trainer = await engine.createTrainer(everyKind, RECIPE);
    const drawings = new Uint8Array(3 * 784).map((_, i) => (i * 31) % 256);
    const several = await trainer.predict(drawings);
    const alone = await trainer.predict(drawings.subarray(784, 2 * 784));
    trainer.dispose();
    expect(several).toHaveLength(30);
    expect(alone).toHaveLength(10);
    for (const [i, share] of alone.entries()) expect(several[10 + i]).toBeCloseTo(share, 6);
    expect(alone.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
  });
});

test.each([
  { backend: 'webgl', name: 'every kind of layer', graph: everyKind },
  { backend: 'wasm', name: 'every kind of layer', graph: everyKind },
  { backend: 'wasm', name: 'frozen layers', graph: graphOf(...FROZEN) },
] as const)('$backend takes the same steps as JavaScript, but for rounding: $name', async ({ backend, graph }) => {
  const cpu = await curveOf(await startEngine('cpu'), graph, RECIPE, 6);
  const { losses, accuracies } = await curveOf(await startEngine(backend), graph, RECIPE, 6);
  expect(accuracies).toEqual(cpu.accuracies);
  for (const [step, loss] of cpu.losses.entries()) expect(losses[step]).toBeCloseTo(loss, 3);
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
