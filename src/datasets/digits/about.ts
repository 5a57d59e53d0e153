import type { PresetAbout } from '../../core/network/presets/preset.ts';

const OWN = 'Fitting Room';

/** What is known about each preset, by its id. */
export const DIGITS_ABOUT: Readonly<Record<string, PresetAbout>> = {
  'digits-cnn': {
    source: OWN,
    note: 'Two convolutions, one pooling and a dense layer: small enough for images of this size, and trained in seconds.',
    figures: [],
  },
  'digits-dense': {
    source: OWN,
    note: 'Without convolutions: every pixel is connected with every unit of one hidden layer.',
    figures: [],
  },
};
