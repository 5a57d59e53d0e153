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
    histograms: new RunHistograms(graph, { engine, now }),
    trainer: new FakeTrainer(graph, DEFAULT_RECIPE, engine),
    clock,
  };
}

test('weights, their change per step and activations are taken for each layer', async () => {
  const { histograms, trainer } = setUp(SMALL);
  trainer.step = 0;
  await histograms.begin(trainer);
  trainer.step = 10;
  await histograms.take(trainer, 1);
  const [epoch] = histograms.epochs ?? [];
  expect(epoch?.epoch).toBe(1);
  const [dense] = epoch?.layers ?? [];
  expect(dense?.name).toBe('Dense 1');
  expect(dense?.weights?.mean).toBe(10);
  expect(dense?.changes?.mean).toBe(1);
  expect(dense?.activations).not.toBeNull();
});

test('epochs are left out where they would take too much of the time', async () => {
  const { histograms, trainer, clock } = setUp(SMALL);
  await histograms.begin(trainer);
  for (let epoch = 1; epoch <= 3; epoch++) {
    clock.now += epoch === 3 ? 1000 : 5;
    await histograms.take(trainer, epoch);
  }
  expect(histograms.epochs?.map(({ epoch }) => epoch)).toEqual([1, 3]);
});

test('a network of many weights is left alone', async () => {
  const { histograms, trainer } = setUp(
    stack(['flatten'], ['dense', { units: 4096 }], ['dense', { units: 10, activation: 'softmax' }]),
  );
  await histograms.begin(trainer);
  await histograms.take(trainer, 1);
  expect(histograms.epochs).toBeNull();
});
