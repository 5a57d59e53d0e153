import { memory } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EVERY_KIND, graphOf, SMALL_DENSE } from '../support/networks.ts';
import { continueCurve, curveOf, RECIPE, startEngine, UNWATCHED } from '../support/training.ts';

const dense = graphOf(...SMALL_DENSE);
const everyKind = graphOf(...EVERY_KIND);
const engine = await startEngine('wasm');

let before = 0;
beforeEach(() => {
  before = memory().numTensors;
});
afterEach(() => {
  expect(memory().numTensors).toBe(before);
});

test('a small network learns real garments', async () => {
  const trainer = await engine.createTrainer(dense, RECIPE);
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

test('the same seed gives the same curve bit for bit, whichever thread does what; another seed another curve', async () => {
  const first = await curveOf(engine, everyKind, RECIPE, 40);
  const second = await curveOf(engine, everyKind, RECIPE, 40, 1);
  const other = await curveOf(engine, everyKind, { ...RECIPE, seed: 43 }, 40, 7);
  expect(first.losses).toHaveLength(40);
  expect(second).toEqual(first);
  expect(other.losses).not.toEqual(first.losses);
});

test('WebAssembly takes the same steps as JavaScript, but for rounding', async () => {
  const wasm = await curveOf(engine, everyKind, RECIPE, 6);
  const spare = await startEngine('cpu');
  const cpu = await curveOf(spare, everyKind, RECIPE, 6);
  await engine.open('wasm');
  expect(wasm.accuracies).toEqual(cpu.accuracies);
  for (const [step, loss] of cpu.losses.entries()) expect(wasm.losses[step]).toBeCloseTo(loss, 3);
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

test('five hundred steps hold no more tensors and memory than three', async () => {
  const trainer = await engine.createTrainer(everyKind, RECIPE);
  await continueCurve(trainer, 3, 1);
  const early = engine.memory();
  await continueCurve(trainer, 497, 1);
  const late = engine.memory();
  trainer.dispose();
  expect(late).toEqual(early);
});

test('answers to drawings are probabilities, the same for one as among several', async () => {
  const trainer = await engine.createTrainer(everyKind, RECIPE);
  const drawings = new Uint8Array(3 * 784).map((_, i) => (i * 31) % 256);
  const several = await trainer.predict(drawings);
  const alone = await trainer.predict(drawings.subarray(784, 2 * 784));
  trainer.dispose();
  expect(several).toHaveLength(30);
  for (const [i, share] of alone.entries()) expect(several[10 + i]).toBeCloseTo(share, 6);
  expect(alone.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
