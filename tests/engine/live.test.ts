import { memory } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/core/network/graph.ts';
import { NO_AUGMENTATION } from '../../src/core/training/augmentation.ts';
import type { Adjustment } from '../../src/core/training/live-settings.ts';
import { OPTIMIZERS } from '../../src/core/training/optimizers/registry.ts';
import type { Recipe } from '../../src/core/training/recipe.ts';
import type { Trainer } from '../../src/engine/engine.ts';
import { EVERY_KIND, graphOf, type Row, SMALL_DENSE } from './support/networks.ts';
import { tapeTrainer } from './support/tape-trainer.ts';
import { continueCurve, RECIPE, startEngine } from './support/training.ts';

const engine = await startEngine('webgl');
const everyKind = graphOf(...EVERY_KIND);

type Create = (graph: Graph, recipe: Recipe) => Promise<Trainer>;

/** As the engine chooses. */
const create: Create = (graph, recipe) => engine.createTrainer(graph, recipe);

/** The kernels of our own, and tfjs' tape. */
const TRAINERS = [
  { trainer: 'the kernels', backend: 'webgl', make: create },
  { trainer: 'the tape', backend: 'webgl', make: tapeTrainer },
  { trainer: 'the tape on WebAssembly', backend: 'wasm', make: create },
] as const;

let before = 0;
beforeEach(() => {
  before = memory().numTensors;
});
afterEach(() => {
  expect(memory().numTensors).toBe(before);
});

/** The losses of some steps of a new trainer, after something was done with it. */
async function lossesBy(
  make: Create,
  graph: Graph,
  recipe: Recipe,
  first: (trainer: Trainer) => Promise<void>,
  steps = 6,
) {
  const trainer = await make(graph, recipe);
  await first(trainer);
  const { losses } = await continueCurve(trainer, steps);
  trainer.dispose();
  return losses;
}

/** What `lossesBy` takes behind the way to make a trainer. */
type Rest = Parameters<typeof lossesBy> extends [Create, ...infer Others] ? Others : never;

const nothing = async () => {};

describe.each(TRAINERS)('on $trainer', ({ backend, make }) => {
  beforeAll(async () => {
    await engine.open(backend);
  });

  const recipe = RECIPE;
  const lossesAfter = (...rest: Rest) => lossesBy(make, ...rest);

  /** The losses with an adjustment before the first step. */
  const adjusted = (graph: Graph, values: Adjustment) =>
    lossesAfter(graph, recipe, (trainer) => trainer.adjust(values));

  test.each<[Adjustment, Partial<Recipe>]>([
    [{ learningRate: 0.02 }, { learningRate: 0.02 }],
    [{ weightDecay: 0.5 }, { weightDecay: 0.5 }],
    [
      { augmentation: { ...NO_AUGMENTATION, flip: true, rotation: 20 } },
      { augmentation: { ...NO_AUGMENTATION, flip: true, rotation: 20 } },
    ],
  ])('%j from the first step on is a recipe with it, bit for bit', async (values, change) => {
    const losses = await adjusted(everyKind, values);
    expect(losses).toEqual(await lossesAfter(everyKind, { ...recipe, ...change }, nothing));
    expect(losses).not.toEqual(await lossesAfter(everyKind, recipe, nothing));
  });

  test('another rate for every dropout is a network built with it, bit for bit', async () => {
    const withRate = (rate: number) =>
      graphOf(...EVERY_KIND.map((row): Row => (row[0] === 'dropout' ? ['dropout', { rate }] : row)));
    const losses = await adjusted(everyKind, { dropout: 0.6 });
    expect(losses).toEqual(await lossesAfter(withRate(0.6), recipe, nothing));
    expect(losses).not.toEqual(await lossesAfter(everyKind, recipe, nothing));
    expect(await adjusted(withRate(0), { dropout: 0.6 })).toEqual(losses);
  });

  test('that rate goes for dropout of whole channels, too, bit for bit', async () => {
    const build = (rate: number, channels: number) =>
      graphOf(
        ['conv2d', { filters: 4, kernelSize: 5, strides: 4 }],
        ['spatialDropout2d', { rate: channels }],
        ['flatten'],
        ['dropout', { rate }],
        ['dense', { units: 10, activation: 'softmax' }],
      );
    const losses = await adjusted(build(0.25, 0.2), { dropout: 0.6 });
    expect(losses).toEqual(await lossesAfter(build(0.6, 0.6), recipe, nothing));
    expect(losses).not.toEqual(await lossesAfter(build(0.6, 0.2), recipe, nothing));
  });

  test('an adjustment leaves the steps before it as they were', async () => {
    const plain = await lossesAfter(everyKind, recipe, nothing, 10);
    const trainer = await make(everyKind, recipe);
    const first = await continueCurve(trainer, 5);
    await trainer.adjust({ learningRate: 0.1 });
    const second = await continueCurve(trainer, 5);
    trainer.dispose();
    expect(first.losses).toEqual(plain.slice(0, 5));
    // The loss of step 5 was reached with the old rate.
    expect(second.losses[0]).toBe(plain[5]);
    expect(second.losses.slice(1)).not.toEqual(plain.slice(6));
  });

  test.each(Object.values(OPTIMIZERS))('a new trainer goes on from a snapshot of $title bit for bit', async (entry) => {
    const own: Recipe = { ...recipe, optimizer: entry.defaults };
    const trainer = await make(everyKind, own);
    await continueCurve(trainer, 7);
    const snapshot = await trainer.snapshot();
    const expected = await continueCurve(trainer, 5);
    const weights = await trainer.readWeights();
    trainer.dispose();
    expect(snapshot.step).toBe(7);
    const other = await make(everyKind, own);
    await other.restore(snapshot);
    expect(other.step).toBe(7);
    const curve = await continueCurve(other, 5);
    expect(curve).toEqual(expected);
    expect(await other.readWeights()).toEqual(weights);
    other.dispose();
  });

  test('metrics go on from the step of the snapshot', async () => {
    const trainer = await make(everyKind, recipe);
    await continueCurve(trainer, 4);
    const snapshot = await trainer.snapshot();
    await continueCurve(trainer, 3);
    await trainer.restore(snapshot);
    await trainer.trainStep(new AbortController().signal);
    const metrics = await trainer.readMetrics();
    trainer.dispose();
    expect(metrics.firstStep).toBe(4);
    expect(metrics.losses).toHaveLength(1);
  });

  test('a snapshot of another network or optimizer is refused, and nothing changes', async () => {
    const trainer = await make(everyKind, recipe);
    const small = await make(graphOf(...SMALL_DENSE), recipe);
    await expect(trainer.restore(await small.snapshot())).rejects.toThrow(RangeError);
    const sgd = await make(everyKind, { ...recipe, optimizer: OPTIMIZERS.sgd.defaults });
    await expect(trainer.restore(await sgd.snapshot())).rejects.toThrow(/another network or optimizer/);
    expect((await continueCurve(trainer, 3)).losses).toEqual(await lossesAfter(everyKind, recipe, nothing, 3));
    for (const other of [trainer, small, sgd]) other.dispose();
  });

  test('a run that is made longer begins its schedule anew', async () => {
    const schedule = { kind: 'cosine', finalShare: 0 } as const;
    const short: Recipe = { ...recipe, optimizer: OPTIMIZERS.sgd.defaults, learningRate: 0.1, epochs: 1, schedule };
    const trainer = await make(graphOf(...SMALL_DENSE), short);
    await continueCurve(trainer, trainer.stepsPerEpoch - 1);
    const late = await moveOf(trainer);
    trainer.extend(2);
    const anew = await moveOf(trainer);
    trainer.dispose();
    expect(late).toBeLessThan(0.05 * anew);
  });
});

test.each<Partial<Recipe>>([
  { loss: 'meanSquaredError', labelSmoothing: 0.1 },
  { labelSmoothing: 0.2 },
  { labelNoise: 0.3 },
  { classWeights: 'balanced', trainingImages: 130, batchSize: 26 },
  { classWeights: 'balanced', trainingImages: 130, batchSize: 26, loss: 'meanSquaredError', labelSmoothing: 0.1 },
  { weightDecay: 0.1, optimizer: OPTIMIZERS.rmsprop.defaults },
  { schedule: { kind: 'warmUp', warmUpShare: 0.1 }, optimizer: OPTIMIZERS.adamw.defaults },
  { augmentation: { ...NO_AUGMENTATION, flip: true, alternate: true } },
  { augmentation: { flip: true, alternate: false, shift: 2, rotation: 15, scale: 0.2, erase: 0.5, brightness: 0.3 } },
])('the kernels learn %j as the tape does, but for rounding', async (change) => {
  await engine.open('webgl');
  const drawn = await lossesBy(create, everyKind, { ...RECIPE, ...change }, nothing);
  const taped = await lossesBy(tapeTrainer, everyKind, { ...RECIPE, ...change }, nothing);
  for (const [step, loss] of drawn.entries()) expect(loss).toBeCloseTo(taped[step] ?? Number.NaN, 3);
});

test('a snapshot of the kernels goes on on the tape and on WebAssembly, but for rounding', async () => {
  await engine.open('webgl');
  const drawn = await engine.createTrainer(everyKind, RECIPE);
  await continueCurve(drawn, 8);
  const snapshot = await drawn.snapshot();
  const expected = await continueCurve(drawn, 5);
  drawn.dispose();
  for (const [backend, make] of [
    ['webgl', tapeTrainer],
    ['wasm', create],
  ] as const) {
    await engine.open(backend);
    const taped = await make(everyKind, RECIPE);
    await taped.restore(snapshot);
    const { losses } = await continueCurve(taped, 5);
    taped.dispose();
    for (const [step, loss] of losses.entries()) expect(loss).toBeCloseTo(expected.losses[step] ?? Number.NaN, 3);
  }
});

/** How far the weights move in the next step. */
async function moveOf(trainer: Trainer): Promise<number> {
  const from = (await trainer.readWeights()).flatMap((values) => [...values]);
  await continueCurve(trainer, 1);
  const to = (await trainer.readWeights()).flatMap((values) => [...values]);
  return Math.sqrt(to.reduce((sum, value, i) => sum + (value - (from[i] ?? 0)) ** 2, 0));
}
