import type { PresetAbout } from '../../core/network/presets/preset.ts';

const OWN = 'Fitting Room';

/** What is known about each preset, by its id. */
export const PENGUINS_ABOUT: Readonly<Record<string, PresetAbout>> = {
  'penguins-dense': {
    source: OWN,
    note: 'One hidden layer of 16 units tells the three species apart in a few seconds.',
    figures: [],
  },
  'penguins-regression': {
    source: OWN,
    note: 'No hidden layer: each species is a weighted sum of the columns, so that the weights can be read directly.',
    figures: [],
  },
};
