import { memory } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { at } from '../../src/core/at.ts';
import type { Recipe } from '../../src/core/training/recipe.ts';
import type { Trainer } from '../../src/engine/engine.ts';
import { EVERY_KIND, graphOf } from './support/networks.ts';
import { BACKENDS_HERE } from './support/on-backends.ts';
import { tapeTrainer } from './support/tape-trainer.ts';
import { CALM, continueCurve, RECIPE, startEngine, UNWATCHED } from './support/training.ts';

const engine = await startEngine('wasm');
const graph = graphOf(...EVERY_KIND);
const KEEP = 0.75;
const AVERAGED: Recipe = { ...RECIPE, weightAveraging: KEEP };
const WEIGHTS = graph.nodes.flatMap(({ weights }) => weights);

let before = 0;
beforeEach(() => {
  before = memory().numTensors;
});
afterEach(() => {
  expect(memory().numTensors).toBe(before);
});

type Values = readonly Float32Array[];
type Create = (recipe: Recipe) => Promise<Trainer>;

/** The weights of a plain training after each of some steps. */
async function plainWeights(make: Create, steps: number): Promise<readonly Values[]> {
  const trainer = await make(RECIPE);
  const weights: Values[] = [];
  for (let step = 0; step < steps; step++) {
    await trainer.trainStep(CALM);
    weights.push(await trainer.readWeights());
  }
  trainer.dispose();
  return weights;
}

/** The moving average of trained weights, in double precision; of the others the last values. */
function averageOf(steps: readonly Values[]): readonly (readonly number[])[] {
  return WEIGHTS.map(({ trainable }, weight) =>
    steps
      .map((values) => Array.from(at(values, weight)))
      .reduce((average, values) =>
        average.map((value, i) => (trainable ? KEEP * value + (1 - KEEP) * at(values, i) : at(values, i))),
      ),
  );
}

function farthest(values: Values, expected: readonly (readonly number[])[]): number {
  return Math.max(
    ...values.flatMap((own, i) => Array.from(own, (value, j) => Math.abs(value - at(at(expected, i), j)))),
  );
}

describe.each(BACKENDS_HERE.filter((backend) => backend !== 'cpu'))('averaged weights on %s', (backend) => {
  // On WebGL both by the tape, because the plan does not average, and rounds otherwise.
  const make: Create = (recipe) =>
    backend === 'webgl' ? tapeTrainer(graph, recipe) : engine.createTrainer(graph, recipe);

  beforeEach(async () => {
    await engine.open(backend);
    before = memory().numTensors;
  });

  test('are the moving average of the trained weights, and answer', async () => {
    const steps = await plainWeights(make, 5);
    const trainer = await make(AVERAGED);
    const started = await trainer.readWeights();
    const first = await make(RECIPE);
    expect(started).toEqual(await first.readWeights());
    first.dispose();
    const { losses } = await continueCurve(trainer, 5);
    const weights = await trainer.readWeights();
    expect(farthest(weights, averageOf(steps))).toBeLessThan(1e-6);
    expect(
      farthest(
        weights,
        at(steps, 4).map((values) => [...values]),
      ),
    ).toBeGreaterThan(1e-3);
    await expectAnswersBy(trainer, weights);
    trainer.dispose();
    // The average does not change the course of the training.
    const plain = await make(RECIPE);
    expect((await continueCurve(plain, 5)).losses).toEqual(losses);
    plain.dispose();
  });

  test('go on from a snapshot bit for bit, and with weights that others have learned', async () => {
    const trainer = await make(AVERAGED);
    await continueCurve(trainer, 4);
    const snapshot = await trainer.snapshot();
    expect(snapshot.weights).toEqual(await trainer.readWeights());
    const expected = await continueCurve(trainer, 3);
    const end = await trainer.readWeights();
    trainer.dispose();
    const other = await make(AVERAGED);
    await other.restore(snapshot);
    expect(await continueCurve(other, 3)).toEqual(expected);
    expect(await other.readWeights()).toEqual(end);
    other.dispose();
    const carried = await make(AVERAGED);
    await carried.restore({ ...(await carried.snapshot()), weights: end });
    expect(await carried.readWeights()).toEqual(end);
    const plain = await make(RECIPE);
    await plain.restore({ ...(await plain.snapshot()), weights: end });
    expect((await continueCurve(carried, 1)).losses).toEqual((await continueCurve(plain, 1)).losses);
    carried.dispose();
    plain.dispose();
  });
});

/** Answers and validation are those of a network that has these weights. */
async function expectAnswersBy(trainer: Trainer, weights: Values): Promise<void> {
  const samples = engine.samples('train', Uint32Array.of(1, 2, 3));
  const answers = await trainer.predict(samples);
  const network = await engine.createPredictor(graph, weights);
  const expected = await network.predict(samples);
  network.dispose();
  expect(Math.max(...answers.map((value, i) => Math.abs(value - at([...expected], i))))).toBeLessThan(1e-5);
  const { indices, probabilities, classes } = await trainer.evaluate('validation', UNWATCHED);
  const judged = await trainer.predict(engine.samples('train', indices.slice(0, 3)));
  const own = probabilities.subarray(0, 3 * classes);
  expect(Math.max(...own.map((value, i) => Math.abs(value - at([...judged], i))))).toBeLessThan(1e-5);
}
