import { expect, test } from 'vitest';
import { defaultRecipe } from '../../../../src/core/training/recipe.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { recordStep } from '../../../../src/engine/step/record-step.ts';
import { graphOf, type Row } from '../../../engine/support/networks.ts';

const DENSE: Row = ['dense', { units: 10, activation: 'softmax' }];

/** The backward operations of a convolution and the max pooling behind it: names, and how many values slopes take. */
function backwardOf(...convolution: readonly Row[]) {
  const { operations } = recordStep(graphOf(...convolution, ['flatten'], DENSE), {
    ...defaultRecipe(FASHION_MNIST),
    batchSize: 2,
  });
  return operations.flatMap(({ name, attributes }) => {
    if (name === 'maxPoolGradient') return [name];
    return name === 'activateGradient' && 'count' in attributes ? [`${name} of ${attributes.count}`] : [];
  });
}

test('the slope of what a max pooling reads is multiplied in at its windows, not at each pixel', () => {
  const convolution: Row = ['conv2d', { filters: 4, padding: 'same', activation: 'relu' }];
  expect(backwardOf(convolution, ['maxPooling2d'])).toEqual([
    `activateGradient of ${2 * 14 * 14 * 4}`,
    'maxPoolGradient',
  ]);
});

test('a slope stays where another layer comes between, and where it goes by rows', () => {
  const convolution: Row = ['conv2d', { filters: 4, padding: 'same', activation: 'relu' }];
  const between = backwardOf(convolution, ['batchNormalization'], ['maxPooling2d']);
  expect(between).toEqual(['maxPoolGradient', `activateGradient of ${2 * 28 * 28 * 4}`]);
  const rows = backwardOf(['conv2d', { filters: 4, padding: 'same', activation: 'softmax' }], ['maxPooling2d']);
  expect(rows).toEqual(['maxPoolGradient', `activateGradient of ${2 * 28 * 28 * 4}`]);
});
