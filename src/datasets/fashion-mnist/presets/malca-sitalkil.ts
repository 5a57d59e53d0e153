import type { Preset, ReportedFigure } from '../../../core/network/presets/preset.ts';
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

/** Precision, recall and F1 as the reports average them, from a softmax rounded at 0.5. */
function averages(micro: string, macro: string): readonly ReportedFigure[] {
  return [
    { label: 'Micro average: precision, recall, F1', value: micro },
    { label: 'Macro average: precision, recall, F1', value: macro },
  ];
}

/** Their base network of 2023: 784 sigmoid units, which is how the report's input layer is read here. */
export const malcaSitalkilBase: Preset = {
  dataset: FASHION_MNIST,
  id: 'malca-sitalkil-base',
  title: 'MLP, 784 sigmoid units · Malca & Sitalkil 2023',
  group: GROUP,
  source: 'Malca and Sitalkil, mid-semester project, 2023, base network',
  note: 'A single hidden layer of 784 sigmoid units, and five epochs of SGD. The report rounds the softmax at 0.5, so an image for which no class passes one half counts as unclassified: recall is 0.36, while accuracy by the largest output is much higher. Its matrix puts those images under T-shirt/top.',
  reported: { trainAccuracy: null, testAccuracy: null },
  figures: averages('0.96, 0.36, 0.53', '0.83, 0.36, 0.47'),
  network: stack(['flatten'], ['dense', { units: 784, activation: 'sigmoid' }], OUTPUT),
  recipe: SGD,
};

/** Their first experiment of 2023: a hidden layer of 128 with relu. */
export const malcaSitalkilFirst: Preset = {
  dataset: FASHION_MNIST,
  id: 'malca-sitalkil-128',
  title: 'MLP, dense 128 · Malca & Sitalkil 2023',
  group: GROUP,
  source: 'Malca and Sitalkil, mid-semester project, 2023, first experiment',
  note: 'A hidden layer of 128 with relu instead of sigmoid, again five epochs of SGD. Recall rises from 0.36 to 0.75. Shirts remain the hardest: the network of the report finds 29 of 100.',
  reported: { trainAccuracy: null, testAccuracy: null },
  figures: averages('0.88, 0.75, 0.81', '0.87, 0.75, 0.80'),
  network: stack(['flatten'], ['dense', { units: 128 }], OUTPUT),
  recipe: SGD,
};

/** Malca and Sitalkil's second experiment of 2023: 784-512-10, 407,050 parameters. */
export const malcaSitalkilDense: Preset = {
  dataset: FASHION_MNIST,
  id: 'malca-sitalkil-512',
  title: 'MLP, dense 512 · Malca & Sitalkil 2023, 89.00 %',
  group: GROUP,
  source: 'Malca and Sitalkil, mid-semester project, 2023, second experiment',
  note: 'No convolution: every pixel is connected to 512 hidden units. The report gives precision and recall for each garment from a softmax rounded at 0.5, so its figures are a little lower than by taking the largest output.',
  reported: { trainAccuracy: null, testAccuracy: 0.89 },
  figures: averages('0.90, 0.89, 0.89', '0.90, 0.89, 0.89'),
  network: stack(['flatten'], ['dense', { units: 512 }], OUTPUT),
  recipe: DEFAULT_RECIPE,
};
