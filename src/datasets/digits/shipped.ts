import type { ShippedDataset } from '../shipped-dataset.ts';
import { DIGITS_PRESETS } from './presets.ts';
import { DIGITS } from './spec.ts';

export const SHIPPED_DIGITS: ShippedDataset = {
  spec: DIGITS,
  folder: 'data-digits/',
  presets: DIGITS_PRESETS,
  aboutPresets: () => import('./about.ts').then((module) => module.DIGITS_ABOUT),
  pretrained: null,
  about: 'Digits that 43 people wrote, 8×8 pixels in 17 shades of gray, about 180 of each kind. Licence: CC BY 4.0.',
  example: { one: 'seven', many: 'sevens' },
  validatedOnTest: null,
  humanAccuracy: null,
  outlines: null,
  photo: null,
  unlikeness: null,
  flipExplanation:
    'Mirrors half of the images left to right. Most digits become something else in the mirror: leave it off.',
};
