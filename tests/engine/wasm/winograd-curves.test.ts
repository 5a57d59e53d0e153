import { expect, test, vi } from 'vitest';
import type { Sliding } from '../../../src/engine/step/images.ts';
import { graphOf, type Row } from '../support/networks.ts';
import { curveOf, RECIPE, startEngine } from '../support/training.ts';

const STEPS = 100;

/** How far the losses may be from those of convolutions without tiles: with a coefficient that is wrong by a thousandth it is 7e-4 or more. */
const LIMIT = 2e-5;

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
 * Convolutions in tiles on images of two sizes, one of which is no multiple of a tile. Without ReLU and maxima, which decide between two
 * ways by a rounding error: so the network can learn at a rate that lets a wrong kernel lead elsewhere.
 */
const SMOOTH: readonly Row[] = [
  ['conv2d', { filters: 16, strides: 2, padding: 'same', activation: 'tanh' }],
  ['conv2d', { filters: 16, padding: 'same', activation: 'tanh' }],
  ['batchNormalization'],
  ['conv2d', { filters: 24, padding: 'valid', activation: 'tanh' }],
  ['averagePooling2d'],
  ['conv2d', { filters: 32, padding: 'same', activation: 'tanh' }],
  ['globalAveragePooling2d'],
  ['dense', { units: 10, activation: 'softmax' }],
];

test('losses of convolutions in tiles stay within 2e-5 of those without, for 100 steps', async () => {
  const engine = await startEngine('wasm');
  const graph = graphOf(...SMOOTH);
  const recipe = { ...RECIPE, batchSize: 16, trainingImages: 16 * STEPS, validationSplit: 0 };
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
  // It learns: where a kernel is wrong, the losses have where to part.
  expect(direct.losses.at(-1)).toBeLessThan(0.6 * (direct.losses[0] ?? 0));
  const distances = tiled.losses.map((loss, step) => Math.abs(loss - (direct.losses[step] ?? Number.NaN)));
  expect(distances).toHaveLength(STEPS);
  expect(Math.max(...distances)).toBeLessThan(LIMIT);
});
