import { createLayer } from '../network.ts';
import { DEFAULT_RECIPE } from '../recipe.ts';
import type { Preset } from './preset.ts';

/** Malca and Sitalkil's second experiment of 2023: 784-512-10, 407,050 parameters. */
export const malcaSitalkilDense: Preset = {
  id: 'malca-sitalkil-512',
  title: 'Malca & Sitalkil 2023 · dense 512',
  source: 'Malca and Sitalkil, mid-semester project, 2023, second experiment',
  note: 'No convolution: every pixel is connected with 512 hidden units. The report gives precision and recall for each garment from a softmax rounded at 0.5, so its figures are a little below those of taking the largest output.',
  reported: { trainAccuracy: null, testAccuracy: 0.89 },
  network: {
    layers: [
      createLayer('flatten', 'flatten-1'),
      createLayer('dense', 'dense-1', { units: 512 }),
      createLayer('dense', 'dense-2', { units: 10, activation: 'softmax' }),
    ],
  },
  recipe: DEFAULT_RECIPE,
};
