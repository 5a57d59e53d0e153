import type { ShippedDataset } from '../shipped-dataset.ts';
import { WEATHER_PRESETS } from './presets.ts';
import { WEATHER } from './spec.ts';

export const SHIPPED_WEATHER: ShippedDataset = {
  spec: WEATHER,
  folder: 'data-weather/',
  presets: WEATHER_PRESETS,
  aboutPresets: () => import('./about.ts').then((module) => module.WEATHER_ABOUT),
  pretrained: null,
  about:
    'Seattle, one row a day from 2012 to 2015, as NOAA measured it: precipitation, temperatures, wind and the kind of weather. The answer is whether the next day brought 1 mm of rain or more. In the public domain.',
  example: { one: 'rainy day', many: 'rainy days' },
  validatedOnTest: null,
  humanAccuracy: null,
  outlines: null,
  photo: null,
  unlikeness: null,
  flipExplanation: null,
};
