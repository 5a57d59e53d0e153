import { memory } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { analyse } from '../../../src/core/network/graph.ts';
import { OPTIMIZERS } from '../../../src/core/training/optimizers/registry.ts';
import { plannedBytes } from '../../../src/core/training/planned-memory.ts';
import { FASHION_MNIST_PRESETS } from '../../../src/datasets/fashion-mnist/presets/catalogue.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { wasmBackend } from '../../../src/engine/wasm/tensors.ts';
import { continueCurve, RECIPE, startEngine } from '../support/training.ts';

// On the processor: the widest has 113 million weights, too many for a GPU that is none.
const engine = await startEngine('wasm');

test.each(FASHION_MNIST_PRESETS)('$id does a step', async ({ network, recipe: { augmentation } }) => {
  const { graph } = analyse(network, FASHION_MNIST);
  if (graph === null) throw new Error('The preset has an error.');
  const before = memory().numTensors;
  const optimizer = OPTIMIZERS.sgd.defaults;
  const recipe = { ...RECIPE, batchSize: 2, optimizer, augmentation };
  const { heap } = wasmBackend().processor;
  const planned = await engine.plannedMemory(graph, recipe);
  const used = heap.used;
  const trainer = await engine.createTrainer(graph, recipe);
  const taken = heap.used - used;
  const { losses } = await continueCurve(trainer, 1);
  trainer.dispose();
  expect(planned && plannedBytes(planned)).toBe(taken);
  expect(losses).toHaveLength(1);
  expect(losses[0]).toBeGreaterThan(1);
  expect(losses[0]).toBeLessThan(40);
  expect(memory().numTensors).toBe(before);
});
