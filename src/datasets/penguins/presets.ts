import type { Preset } from '../../core/network/presets/preset.ts';
import { outputFor, stack } from '../../core/network/presets/stack.ts';
import { defaultRecipe } from '../../core/training/recipe.ts';
import { PENGUINS } from './spec.ts';

const OUTPUT = outputFor(PENGUINS);

const BASE = {
  dataset: PENGUINS,
  group: 'Fitting Room',
  reported: { trainAccuracy: null, testAccuracy: null },
  recipe: { ...defaultRecipe(PENGUINS), learningRate: 0.01, batchSize: 16, epochs: 30 },
} as const;

/** In the order of the picker. */
export const PENGUINS_PRESETS: readonly [Preset, ...Preset[]] = [
  {
    ...BASE,
    id: 'penguins-dense',
    title: 'Dense 16',
    network: stack(['dense', { units: 16 }], OUTPUT),
  },
  {
    ...BASE,
    id: 'penguins-regression',
    title: 'Logistic regression',
    network: stack(OUTPUT),
  },
];
