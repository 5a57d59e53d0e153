import type { DatasetSpec } from '../../dataset/spec.ts';
import { defaultRecipe } from '../../training/recipe.ts';
import type { Preset } from './preset.ts';
import { outputFor, type Row, stack } from './stack.ts';

/** Networks to start from with any data set: a dense one, and for images large enough a small convolutional one. */
export function startingPresets(dataset: DatasetSpec): readonly [Preset, ...Preset[]] {
  const { samples } = dataset;
  const output = outputFor(dataset);
  const base = {
    dataset,
    group: dataset.title,
    source: 'Fitting Room',
    reported: { trainAccuracy: null, testAccuracy: null },
    figures: [],
    recipe: { ...defaultRecipe(dataset), epochs: 10 },
  };
  const flatten: readonly Row[] = samples.kind === 'image' ? [['flatten']] : [];
  const dense: Preset = {
    ...base,
    id: 'starting-dense',
    title: 'Dense network',
    note: 'One hidden layer of 64 units: a good first guess for any data, and quick to train.',
    network: stack(...flatten, ['dense', { units: 64 }], output),
  };
  if (samples.kind !== 'image' || Math.min(samples.height, samples.width) < SMALLEST_SIDE) return [dense];
  const convolutional: Preset = {
    ...base,
    id: 'starting-cnn',
    title: 'Small CNN',
    note: 'One convolution, one pooling and a dense layer: it makes use of the fact that neighbouring pixels belong together.',
    network: stack(['conv2d', { filters: 16 }], ['maxPooling2d'], ['flatten'], ['dense', { units: 64 }], output),
  };
  return [convolutional, dense];
}

/** The least height and width, in pixels, that a convolution of 3 by 3 and a pooling leave something of. */
const SMALLEST_SIDE = 5;
