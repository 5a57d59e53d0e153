import { memory } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { analyse } from '../../../src/core/network/graph.ts';
import { OPTIMIZERS } from '../../../src/core/training/optimizers/registry.ts';
import { FASHION_MNIST_PRESETS } from '../../../src/datasets/fashion-mnist/presets/catalogue.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { curveOf, RECIPE, startEngine } from '../support/training.ts';

// On the processor: the widest has 113 million weights, too many for a GPU that is none.
const engine = await startEngine('wasm');

test.each(FASHION_MNIST_PRESETS)('$id does a step', async ({ network, recipe: { augmentation } }) => {
  const { graph } = analyse(network, FASHION_MNIST);
  if (graph === null) throw new Error('The preset has an error.');
  const before = memory().numTensors;
  const optimizer = OPTIMIZERS.sgd.defaults;
  const { losses } = await curveOf(engine, graph, { ...RECIPE, batchSize: 2, optimizer, augmentation }, 1);
  expect(losses).toHaveLength(1);
  expect(losses[0]).toBeGreaterThan(1);
  expect(losses[0]).toBeLessThan(40);
  expect(memory().numTensors).toBe(before);
});
