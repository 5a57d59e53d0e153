import type { ShippedDataset } from '../shipped-dataset.ts';
import { PENGUINS_PRESETS } from './presets.ts';
import { PENGUINS } from './spec.ts';

export const SHIPPED_PENGUINS: ShippedDataset = {
  spec: PENGUINS,
  folder: 'data-penguins/',
  presets: PENGUINS_PRESETS,
  aboutPresets: () => import('./about.ts').then((module) => module.PENGUINS_ABOUT),
  pretrained: null,
  about:
    '342 penguins of three species, measured on the islands of the Palmer Archipelago in Antarctica: beak, flippers, body mass, sex and island. Two more that were not measured are left out. Licence: CC0.',
  example: { one: 'Gentoo penguin', many: 'Gentoo penguins' },
  validatedOnTest: null,
  humanAccuracy: null,
  outlines: null,
  photo: null,
  unlikeness: null,
  flipExplanation: null,
};
