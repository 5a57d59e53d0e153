import type { PresetAbout } from './preset.ts';

const BASE = { source: 'Fitting Room', figures: [] } as const;

/** What is known about each of the networks to start from, by its id. */
export const STARTING_ABOUT: Readonly<Record<string, PresetAbout>> = {
  'starting-dense': {
    ...BASE,
    note: 'One hidden layer of 64 units: a good first guess for any data, and quick to train.',
  },
  'starting-logistic': {
    ...BASE,
    note: 'One sigmoid unit and nothing else: it weighs and adds up its inputs. What it reaches is what a hidden layer has to beat.',
  },
  'starting-cnn': {
    ...BASE,
    note: 'One convolution, one pooling and a dense layer: it makes use of the fact that neighbouring pixels belong together.',
  },
};
