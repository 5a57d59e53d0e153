import { expect, test } from 'vitest';
import { createLayer } from '../../../../../src/core/network/network.ts';
import { ciutacuCnn } from '../../../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { moveProblem } from '../../../../../src/features/model/editing/move-problem.ts';

const { dataset, network } = ciutacuCnn;

test('a layer can go wherever the network still fits together', () => {
  expect(moveProblem(ciutacuCnn, 'maxPooling2d-1', 0)).toBeNull();
});

test('what would not fit says why in one line', () => {
  expect(moveProblem(ciutacuCnn, 'conv2d-1', 2)).toBe('Conv2D needs an image');
  expect(moveProblem(ciutacuCnn, 'dense-1', 4)).toBe('The last layer must give 10 with softmax');
});

test('an Add cannot go above the layer that it uses', () => {
  const [conv, pool, ...rest] = network.layers;
  if (!conv || !pool) throw new Error('The preset has changed.');
  const add = createLayer('add', 'add-1', { from: 'maxPooling2d-1' });
  expect(moveProblem({ dataset, network: { layers: [conv, pool, add, ...rest] } }, 'add-1', 1)).toBe(
    'Add must stay below the layer that it uses',
  );
});

test('errors that are there already hold no move up', () => {
  const broken = { layers: network.layers.slice(0, -1) };
  expect(moveProblem({ dataset, network: broken }, 'maxPooling2d-1', 0)).toBeNull();
});
