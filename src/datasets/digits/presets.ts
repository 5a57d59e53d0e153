import type { Preset } from '../../core/network/presets/preset.ts';
import { outputFor, stack } from '../../core/network/presets/stack.ts';
import { defaultRecipe } from '../../core/training/recipe.ts';
import { DIGITS } from './spec.ts';

const OUTPUT = outputFor(DIGITS);

const BASE = {
  dataset: DIGITS,
  group: 'Fitting Room',
  reported: { trainAccuracy: null, testAccuracy: null },
  recipe: { ...defaultRecipe(DIGITS), learningRate: 0.003, epochs: 15 },
} as const;

/** In the order of the picker. */
export const DIGITS_PRESETS: readonly [Preset, ...Preset[]] = [
  {
    ...BASE,
    id: 'digits-cnn',
    title: 'Small CNN',
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
    network: stack(['flatten'], ['dense', { units: 64 }], OUTPUT),
  },
];
