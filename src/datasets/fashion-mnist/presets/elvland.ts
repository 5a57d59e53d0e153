import { presetOf } from '../../../core/network/presets/preset.ts';
import { type Row, stack } from '../../../core/network/presets/stack.ts';
import type { Recipe } from '../../../core/training/recipe.ts';
import { FASHION_MNIST } from '../spec.ts';
import { DEFAULT_RECIPE, OUTPUT } from './base.ts';

const GROUP = 'Elvland 2023';

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
export const elvlandVgg = presetOf({
  dataset: FASHION_MNIST,
  id: 'elvland-vgg',
  title: 'VGG-like CNN · Elvland 2023, 92.70 %',
  group: GROUP,
  reported: { trainAccuracy: 0.9946, testAccuracy: 0.927 },
  network: () => stack(...pair(32), ...pair(64), ...pair(128), ['flatten'], ['dense', { units: 256 }], OUTPUT),
  recipe: RECIPE,
});

/** The same with dropout as it was meant. */
export const elvlandDropout = presetOf({
  dataset: FASHION_MNIST,
  id: 'elvland-dropout',
  title: 'VGG-like CNN, dropout as meant · Elvland 2023',
  group: GROUP,
  reported: { trainAccuracy: null, testAccuracy: null },
  network: () => withDropout(0.25, 0.25, 0.4),
  recipe: RECIPE,
});

/** The same with dropout as it was written, which is none. */
export const elvlandDropoutAsWritten = presetOf({
  dataset: FASHION_MNIST,
  id: 'elvland-dropout-as-written',
  title: 'VGG-like CNN, dropout as written · Elvland 2023',
  group: GROUP,
  reported: { trainAccuracy: null, testAccuracy: null },
  network: () => withDropout(0, 0, 0),
  recipe: RECIPE,
});
