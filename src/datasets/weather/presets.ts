import type { Preset } from '../../core/network/presets/preset.ts';
import { stack } from '../../core/network/presets/stack.ts';
import { defaultRecipe } from '../../core/training/recipe.ts';
import { WEATHER } from './spec.ts';

const RECIPE = { ...defaultRecipe(WEATHER), loss: 'binaryCrossentropy' } as const;

/** One hidden layer of this app. */
const dense: Preset = {
  dataset: WEATHER,
  id: 'weather-dense',
  title: 'Dense 16, one sigmoid unit',
  group: 'Fitting Room',
  reported: { trainAccuracy: null, testAccuracy: null },
  network: stack(['dense', { units: 16 }], ['dense', { units: 1, activation: 'sigmoid' }]),
  recipe: { ...RECIPE, learningRate: 0.003, epochs: 30 },
};

/** Elvland's network of 2023, which was given the humidity at 3 pm of Australian weather stations. */
const elvland: Preset = {
  dataset: WEATHER,
  id: 'elvland-rain',
  title: 'Rain tomorrow · Elvland 2023',
  group: 'Elvland 2023',
  reported: { trainAccuracy: null, testAccuracy: null },
  network: stack(['dense', { units: 2, activation: 'softplus' }], ['dense', { units: 1, activation: 'sigmoid' }]),
  recipe: { ...RECIPE, batchSize: 10, epochs: 60 },
};

/** In the order of the picker. */
export const WEATHER_PRESETS: readonly [Preset, ...Preset[]] = [dense, elvland];
