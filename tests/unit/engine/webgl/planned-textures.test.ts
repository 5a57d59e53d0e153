import { expect, test } from 'vitest';
import { analyse } from '../../../../src/core/network/graph.ts';
import { createLayer } from '../../../../src/core/network/network.ts';
import { OPTIMIZERS } from '../../../../src/core/training/optimizers/registry.ts';
import { defaultRecipe } from '../../../../src/core/training/recipe.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { memoryOf } from '../../../../src/engine/allocations.ts';
import { plannedTextures } from '../../../../src/engine/webgl/planned-textures.ts';
import { textureBytes } from '../../../../src/engine/webgl/texture.ts';

const LIMITS = { maxTargets: 8, maxSize: 16_384 };
const RECIPE = { ...defaultRecipe(FASHION_MNIST), batchSize: 8, trainingImages: 2048 };

const NETWORK = {
  layers: [createLayer('flatten', 'a'), createLayer('dense', 'b', { units: 10, activation: 'softmax' })],
};

function planFor(change: Partial<typeof RECIPE>, limits = LIMITS) {
  const { graph } = analyse(NETWORK, FASHION_MNIST);
  if (graph === null) throw new Error('The network has an error.');
  return plannedTextures(graph, { ...RECIPE, ...change }, limits);
}

function memoryFor(change: Partial<typeof RECIPE>) {
  const plan = planFor(change);
  if (plan === null) throw new Error('There is no plan.');
  return memoryOf(plan, (texture) => textureBytes(texture, LIMITS.maxSize));
}

test('weights and slots lie in two textures each, samples in bytes', () => {
  const { weights, optimizer, samples } = memoryFor({ optimizer: OPTIMIZERS.adam.defaults });
  // Ten columns are three texels of four floats; below the kernel there is a row of biases.
  const pair = 2 * (784 + 1) * 3 * 16;
  expect(weights).toBe(pair);
  expect(optimizer).toBe(2 * pair);
  // 20 samples of 196 texels are a row: 103 rows of bytes and of labels; and two rows of positions.
  expect(samples).toBe(103 * 20 * 784 + 103 * 20 + 2 * 1024 * 4);
});

test('what changes with the recipe changes its own part only', () => {
  const plain = memoryFor({ optimizer: OPTIMIZERS.sgd.defaults });
  expect(memoryFor({ optimizer: OPTIMIZERS.adam.defaults })).toEqual({ ...plain, optimizer: expect.any(Number) });
  expect(plain.optimizer).toBe(0);
  const more = memoryFor({ optimizer: OPTIMIZERS.sgd.defaults, batchSize: 16 });
  expect(more).toEqual({ ...plain, batch: expect.any(Number) });
  expect(more.batch).toBeGreaterThan(plain.batch);
});

test('what the kernels cannot do has no plan', () => {
  expect(planFor({}, { ...LIMITS, maxSize: 700 })).toBeNull();
});
