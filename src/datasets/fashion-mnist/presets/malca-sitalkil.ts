import { presetOf } from '../../../core/network/presets/preset.ts';
import { stack } from '../../../core/network/presets/stack.ts';
import { OPTIMIZERS } from '../../../core/training/optimizers/registry.ts';
import type { Recipe } from '../../../core/training/recipe.ts';
import { FASHION_MNIST } from '../spec.ts';
import { DEFAULT_RECIPE, OUTPUT } from './base.ts';

const GROUP = 'Malca and Sitalkil 2023';

/** Five epochs of plain gradient descent. */
const SGD: Recipe = {
  ...DEFAULT_RECIPE,
  optimizer: OPTIMIZERS.sgd.defaults,
  learningRate: OPTIMIZERS.sgd.learningRate,
  epochs: 5,
};

/** Their base network of 2023: 784 sigmoid units, which is how the report's input layer is read here. */
export const malcaSitalkilBase = presetOf({
  dataset: FASHION_MNIST,
  id: 'malca-sitalkil-base',
  title: 'MLP, 784 sigmoid units · Malca & Sitalkil 2023',
  group: GROUP,
  reported: { trainAccuracy: null, testAccuracy: null },
  network: () => stack(['flatten'], ['dense', { units: 784, activation: 'sigmoid' }], OUTPUT),
  recipe: SGD,
});

/** Their first experiment of 2023: a hidden layer of 128 with relu. */
export const malcaSitalkilFirst = presetOf({
  dataset: FASHION_MNIST,
  id: 'malca-sitalkil-128',
  title: 'MLP, dense 128 · Malca & Sitalkil 2023',
  group: GROUP,
  reported: { trainAccuracy: null, testAccuracy: null },
  network: () => stack(['flatten'], ['dense', { units: 128 }], OUTPUT),
  recipe: SGD,
});

/** Malca and Sitalkil's second experiment of 2023: 784-512-10, 407,050 parameters. */
export const malcaSitalkilDense = presetOf({
  dataset: FASHION_MNIST,
  id: 'malca-sitalkil-512',
  title: 'MLP, dense 512 · Malca & Sitalkil 2023, 89.00 %',
  group: GROUP,
  reported: { trainAccuracy: null, testAccuracy: 0.89 },
  network: () => stack(['flatten'], ['dense', { units: 512 }], OUTPUT),
  recipe: DEFAULT_RECIPE,
});
