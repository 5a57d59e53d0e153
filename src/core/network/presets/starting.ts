import { classCountOf, type DatasetSpec } from '../../dataset/spec.ts';
import { defaultRecipe } from '../../training/recipe.ts';
import type { Preset } from './preset.ts';
import { outputFor, type Row, stack } from './stack.ts';

/**
 * Networks to start from with any data set: a dense one, for images large enough a small convolutional one, and for two classes
 * a logistic regression.
 */
export function startingPresets(dataset: DatasetSpec): readonly [Preset, ...Preset[]] {
  const { samples } = dataset;
  const output = outputFor(dataset);
  const base = {
    dataset,
    group: dataset.title,
    reported: { trainAccuracy: null, testAccuracy: null },
    recipe: { ...defaultRecipe(dataset), epochs: 10 },
  };
  const flatten: readonly Row[] = samples.kind === 'image' ? [['flatten']] : [];
  const dense: Preset = {
    ...base,
    id: 'starting-dense',
    title: 'Dense network',
    network: stack(...flatten, ['dense', { units: 64 }], output),
  };
  const alone = classCountOf(dataset) === 2 ? [logisticRegression(base, flatten)] : [];
  if (samples.kind !== 'image' || Math.min(samples.height, samples.width) < SMALLEST_SIDE) return [dense, ...alone];
  const convolutional: Preset = {
    ...base,
    id: 'starting-cnn',
    title: 'Small CNN',
    network: stack(['conv2d', { filters: 16 }], ['maxPooling2d'], ['flatten'], ['dense', { units: 64 }], output),
  };
  return [convolutional, dense, ...alone];
}

/** One sigmoid unit for two classes, without a hidden layer. */
function logisticRegression(base: Omit<Preset, 'id' | 'title' | 'network'>, flatten: readonly Row[]): Preset {
  return {
    ...base,
    id: 'starting-logistic',
    title: 'Logistic regression',
    network: stack(...flatten, ['dense', { units: 1, activation: 'sigmoid' }]),
    recipe: { ...base.recipe, loss: 'binaryCrossentropy', learningRate: 0.01 },
  };
}

/** The least height and width, in pixels, that a convolution of 3 by 3 and a pooling leave something of. */
const SMALLEST_SIDE = 5;
