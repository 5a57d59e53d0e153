import { expect, test } from 'vitest';
import { presetOf } from '../../../../src/core/network/presets/preset.ts';
import { stack } from '../../../../src/core/network/presets/stack.ts';
import { FASHION_MNIST_PRESETS } from '../../../../src/datasets/fashion-mnist/presets/catalogue.ts';

test('the network of a preset is put together when it is first asked for, and once', () => {
  const [{ recipe, dataset }] = FASHION_MNIST_PRESETS;
  let built = 0;
  const preset = presetOf({
    dataset,
    recipe,
    id: 'one',
    title: 'One',
    group: 'Mine',
    reported: { trainAccuracy: null, testAccuracy: null },
    network: () => {
      built++;
      return stack(['flatten'], ['dense', { units: 10, activation: 'softmax' }]);
    },
  });
  expect(built).toBe(0);
  expect(preset.network.layers.map(({ kind }) => kind)).toEqual(['flatten', 'dense']);
  expect(preset.network).toBe(preset.network);
  expect(built).toBe(1);
});

test('no preset of the app puts its network together before that', () => {
  const early = FASHION_MNIST_PRESETS.filter(
    (preset) => Object.getOwnPropertyDescriptor(preset, 'network')?.get === undefined,
  );
  expect(early.map(({ id }) => id)).toEqual([]);
});
