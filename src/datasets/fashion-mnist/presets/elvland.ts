import type { Preset } from '../../../core/network/presets/preset.ts';
import { type Row, stack } from '../../../core/network/presets/stack.ts';
import type { Recipe } from '../../../core/training/recipe.ts';
import { FASHION_MNIST } from '../spec.ts';
import { DEFAULT_RECIPE, OUTPUT } from './base.ts';

const GROUP = 'Elvland 2023';
const SOURCE = 'Elvland, "Final Deep-learning Report", 2023';

const RECIPE: Recipe = { ...DEFAULT_RECIPE, batchSize: 128, epochs: 50 };

/** Two convolutions and a pooling. */
function pair(filters: number): readonly Row[] {
  return [['conv2d', { filters, padding: 'same' }], ['conv2d', { filters, padding: 'same' }], ['maxPooling2d']];
}

/** The simplified VGG-16 with dropout of these rates behind the first and second pooling and the Flatten. */
function withDropout(first: number, second: number, third: number) {
  return stack(
    ...pair(32),
    ['dropout', { rate: first }],
    ...pair(64),
    ['dropout', { rate: second }],
    ...pair(128),
    ['flatten'],
    ['dropout', { rate: third }],
    ['dense', { units: 256 }],
    OUTPUT,
  );
}

/** Elvland's simplified VGG-16 of 2023: 584,170 parameters. */
export const elvlandVgg: Preset = {
  dataset: FASHION_MNIST,
  id: 'elvland-vgg',
  title: 'VGG-like CNN · Elvland 2023, 92.70 %',
  group: GROUP,
  source: SOURCE,
  note: 'A simplified VGG-16: three pairs of convolutions, each followed by pooling. After 50 epochs the training loss was 0.017 and the validation loss 0.548, a clear case of overfitting despite good accuracy.',
  reported: { trainAccuracy: 0.9946, testAccuracy: 0.927 },
  figures: [
    { label: 'Test loss', value: '0.505' },
    { label: 'Validation accuracy after epoch 50', value: '0.9222' },
    { label: 'Validation loss after epoch 50', value: '0.5483' },
    { label: 'Training loss after epoch 50', value: '0.0169' },
  ],
  network: stack(...pair(32), ...pair(64), ...pair(128), ['flatten'], ['dense', { units: 256 }], OUTPUT),
  recipe: RECIPE,
};

/** The same with dropout as it was meant. */
export const elvlandDropout: Preset = {
  dataset: FASHION_MNIST,
  id: 'elvland-dropout',
  title: 'VGG-like CNN, dropout as meant · Elvland 2023',
  group: GROUP,
  source: SOURCE,
  note: 'The same network with dropout of 0.25, 0.25 and 0.4 after the poolings and the Flatten, as the report meant it. The report says that dropout improved the result slightly, but there it was off: see the preset as written.',
  reported: { trainAccuracy: null, testAccuracy: null },
  figures: [],
  network: withDropout(0.25, 0.25, 0.4),
  recipe: RECIPE,
};

/** The same with dropout as it was written, which is none. */
export const elvlandDropoutAsWritten: Preset = {
  dataset: FASHION_MNIST,
  id: 'elvland-dropout-as-written',
  title: 'VGG-like CNN, dropout as written · Elvland 2023',
  group: GROUP,
  source: SOURCE,
  note: 'The report writes Dropout(0,25). In Python that comma separates two arguments: a rate of 0 and a noise shape of 25. So dropout was off, and the slight improvement it reports was chance.',
  reported: { trainAccuracy: null, testAccuracy: null },
  figures: [],
  network: withDropout(0, 0, 0),
  recipe: RECIPE,
};
