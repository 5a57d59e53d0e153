import type { Preset } from '../../core/network/presets/preset.ts';
import { outputFor, stack } from '../../core/network/presets/stack.ts';
import { defaultRecipe } from '../../core/training/recipe.ts';
import { DIGITS } from './spec.ts';

const OUTPUT = outputFor(DIGITS);

const BASE = {
  dataset: DIGITS,
  group: 'Fitting Room',
  source: 'Fitting Room',
  reported: { trainAccuracy: null, testAccuracy: null },
  figures: [],
  recipe: { ...defaultRecipe(DIGITS), learningRate: 0.003, epochs: 15 },
} as const;

/** In the order of the picker. */
export const DIGITS_PRESETS: readonly [Preset, ...Preset[]] = [
  {
    ...BASE,
    id: 'digits-cnn',
    title: 'Small CNN',
    note: 'Two convolutions, one pooling and a dense layer: small enough for images of this size, and trained in seconds.',
    network: stack(
      ['conv2d', { filters: 16, padding: 'same' }],
      ['conv2d', { filters: 32, padding: 'same' }],
      ['maxPooling2d'],
      ['flatten'],
      ['dense', { units: 64 }],
      OUTPUT,
    ),
  },
  {
    ...BASE,
    id: 'digits-dense',
    title: 'Dense 64',
    note: 'Without convolutions: every pixel is connected with every unit of one hidden layer.',
    network: stack(['flatten'], ['dense', { units: 64 }], OUTPUT),
  },
];
