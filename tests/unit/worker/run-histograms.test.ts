import { expect, test } from 'vitest';
import { analyse } from '../../../src/core/network/graph.ts';
import type { Network } from '../../../src/core/network/network.ts';
import { stack } from '../../../src/core/network/presets/stack.ts';
import { DEFAULT_RECIPE } from '../../../src/datasets/fashion-mnist/presets/base.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { RunHistograms } from '../../../src/worker/run-histograms.ts';
import { FakeEngine, FakeTrainer } from './fake-engine.ts';

const SMALL = stack(['flatten'], ['dense', { units: 10, activation: 'softmax' }]);

/** A trainer whose one kernel is as many times its step as it says; each look at the clock takes 1 ms. */
function setUp(network: Network, look = 1) {
  const { graph } = analyse(network, FASHION_MNIST);
  if (graph === null) throw new Error('The network fits together.');
  const engine = new FakeEngine();
  const clock = { now: 0 };
  const now = () => {
    clock.now += look;
    return clock.now;
  };
  return {
    histograms: new RunHistograms({ graph, recipe: DEFAULT_RECIPE }, { engine, now }),
    trainer: new FakeTrainer(graph, DEFAULT_RECIPE, engine),
    engine,
    clock,
  };
}

test('weights, gradients and activations are taken for each layer', async () => {
  const { histograms, trainer, engine } = setUp(SMALL);
  histograms.begin();
  trainer.step = 10;
  await histograms.take(trainer, 1);
  const [epoch] = histograms.epochs ?? [];
  expect(epoch?.epoch).toBe(1);
  const [dense] = epoch?.layers ?? [];
  expect(dense?.name).toBe('Dense 1');
  expect(dense?.weights?.mean).toBe(10);
  // The second network's one weight is 1 after its first step, at a rate of 1024.
  expect(dense?.gradients?.mean).toBeCloseTo(9 / 1024, 8);
  expect(dense?.activations).not.toBeNull();
  expect(engine.gradientTrainers).toMatchObject([{ disposed: true, recipe: { optimizer: { kind: 'sgd' } } }]);
  expect(trainer.step).toBe(10);
});

test('where there is no room for a second network, the gradients alone are missing', async () => {
  const { histograms, trainer, engine } = setUp(SMALL);
  engine.failCreation = new Error('The GPU has no memory left.');
  histograms.begin();
  trainer.step = 10;
  await histograms.take(trainer, 1);
  const [dense] = histograms.epochs?.[0]?.layers ?? [];
  expect(dense?.gradients).toBeNull();
  expect(dense?.weights?.mean).toBe(10);
});

test('epochs are left out where they would take too much of the time', async () => {
  const { histograms, trainer, clock } = setUp(SMALL, 600);
  histograms.begin();
  for (let epoch = 1; epoch <= 3; epoch++) {
    clock.now += epoch === 3 ? 10_000 : 0;
    await histograms.take(trainer, epoch);
  }
  expect(histograms.epochs?.map(({ epoch }) => epoch)).toEqual([1, 3]);
});

test('a network of many weights is left alone', async () => {
  const { histograms, trainer } = setUp(
    stack(['flatten'], ['dense', { units: 4096 }], ['dense', { units: 10, activation: 'softmax' }]),
  );
  histograms.begin();
  await histograms.take(trainer, 1);
  expect(histograms.epochs).toBeNull();
});
