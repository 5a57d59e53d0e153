import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/core/network/graph.ts';
import { packWeights, unpackWeights } from '../../src/core/network/weights-file.ts';
import type { Engine, Trainer } from '../../src/engine/engine.ts';
import { EVERY_KIND, graphOf, SMALL_DENSE } from './support/networks.ts';
import { tapeTrainer } from './support/tape-trainer.ts';
import { continueCurve, RECIPE, startEngine } from './support/training.ts';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine('webgl');
});

/** The largest difference between two lists. */
function apart(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (b[i] ?? Number.NaN))), 0);
}

async function trained(graph: Graph, steps: number): Promise<Trainer> {
  const trainer = await engine.createTrainer(graph, RECIPE);
  await continueCurve(trainer, steps);
  return trainer;
}

describe.each([
  ['kernels of our own', (graph: Graph) => engine.createTrainer(graph, RECIPE)],
  ["tfjs' tape", (graph: Graph) => tapeTrainer(graph, RECIPE)],
])('after training by %s', (_name, make) => {
  test.each([
    ['a dense network', SMALL_DENSE, 7],
    ['every kind of layer', EVERY_KIND, 6],
  ])('%s answers from its weights as it did in training', async (_kind, rows, steps) => {
    const graph = graphOf(...rows);
    const trainer = await make(graph);
    await continueCurve(trainer, steps);
    const pixels = engine.samples('train', Uint32Array.of(0, 1, 2));
    const before = memory().numTensors;
    const predictor = await engine.createPredictor(graph, await trainer.readWeights());
    const answers = await predictor.predict(pixels);
    expect(answers).toHaveLength(30);
    expect(apart(answers, await trainer.predict(pixels))).toBeLessThan(1e-5);
    expect(apart(await predictor.predict(pixels.subarray(784, 1568)), answers.subarray(10, 20))).toBeLessThan(1e-5);
    predictor.dispose();
    expect(memory().numTensors).toBe(before);
    trainer.dispose();
  });
});

test('through a file of halves the answers differ by less than a hundredth', async () => {
  const graph = graphOf(...EVERY_KIND);
  const trainer = await trained(graph, 20);
  const weights = unpackWeights(graph, packWeights(graph, await trainer.readWeights()));
  const predictor = await engine.createPredictor(graph, weights);
  const pixels = engine.samples(
    'train',
    Uint32Array.from({ length: 100 }, (_, i) => i),
  );
  const difference = apart(await predictor.predict(pixels), await trainer.predict(pixels));
  expect(difference).toBeGreaterThan(0);
  expect(difference).toBeLessThan(0.01);
  predictor.dispose();
  trainer.dispose();
});

test('weights that do not fit are refused', async () => {
  await expect(engine.createPredictor(graphOf(...SMALL_DENSE), [])).rejects.toThrow(RangeError);
});
