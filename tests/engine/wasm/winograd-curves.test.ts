import { expect, test, vi } from 'vitest';
import { analyse } from '../../../src/core/network/graph.ts';
import { OPTIMIZERS } from '../../../src/core/training/optimizers/registry.ts';
import { elvlandVgg } from '../../../src/datasets/fashion-mnist/presets/elvland.ts';
import { smallResNet } from '../../../src/datasets/fashion-mnist/presets/own.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import type { Sliding } from '../../../src/engine/step/images.ts';
import { curveOf, startEngine } from '../support/training.ts';

const STEPS = 100;

/** Twice a hundred steps, where a machine is busy. */
const PATIENCE_MS = 300_000;

/** Whether tiles may be used, and how often they were, in each direction. */
const tiles = vi.hoisted(() => ({ allowed: true, used: { forward: 0, input: 0, filter: 0 } }));

vi.mock(import('../../../src/engine/wasm/kernels/winograd-rule.ts'), async (original) => {
  const rule = await original();
  const counted = (direction: keyof typeof tiles.used, choose: (sliding: Sliding) => boolean) => (sliding: Sliding) => {
    const chosen = tiles.allowed && choose(sliding);
    if (chosen) tiles.used[direction]++;
    return chosen;
  };
  return {
    ...rule,
    forwardInTiles: counted('forward', rule.forwardInTiles),
    inputGradientInTiles: counted('input', rule.inputGradientInTiles),
    filterGradientInTiles: counted('filter', rule.filterGradientInTiles),
  };
});

/**
 * Gradient descent, because no rounding survives Adam on these networks: a ReLU whose input lies within 1e-7 of 0 decides the direction
 * of whole steps, and two ways of adding up the same window part as far.
 */
test.each([elvlandVgg, smallResNet])(
  'losses of $title in tiles stay within 1e-4 of those without, for 100 steps',
  async (preset) => {
    const engine = await startEngine('wasm');
    const { graph } = analyse(preset.network, FASHION_MNIST);
    if (graph === null) throw new Error('The preset does not fit.');
    const optimizer = OPTIMIZERS.sgd.defaults;
    const change = { optimizer, learningRate: 0.002, batchSize: 8, trainingImages: 800, validationSplit: 0 };
    const recipe = { ...preset.recipe, ...change };
    const curve = async (allowed: boolean) => {
      Object.assign(tiles, { allowed, used: { forward: 0, input: 0, filter: 0 } });
      const { losses } = await curveOf(engine, graph, recipe, STEPS);
      return { losses, used: Object.values(tiles.used).map((count) => count > 0) };
    };
    const direct = await curve(false);
    const tiled = await curve(true);
    expect(direct.used).toEqual([false, false, false]);
    expect(tiled.used).toEqual([true, true, true]);
    expect(tiled.losses).not.toEqual(direct.losses);
    const distances = tiled.losses.map((loss, step) => Math.abs(loss - (direct.losses[step] ?? Number.NaN)));
    expect(distances).toHaveLength(STEPS);
    expect(Math.max(...distances)).toBeLessThan(1e-4);
  },
  PATIENCE_MS,
);
