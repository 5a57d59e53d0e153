import type { PresetAbout } from '../../../core/network/presets/preset.ts';

const CECCHETTI = 'After Cecchetti, "Report Homework 3", deep learning course, part 4';

/** What is known about the presets for transfer learning, by their ids. */
export const TRANSFER_ABOUT: Readonly<Record<string, PresetAbout>> = {
  'transfer-pre-training': {
    source: CECCHETTI,
    note: 'A small network learns five classes from all of their images. Its convolutions find edges and shapes that are of use for the other five classes, too: train it, then open Fashion-MNIST, five classes to transfer to.',
    figures: [],
  },
  'transfer-fine-tuning': {
    source: CECCHETTI,
    note: 'The same network on 100 images of each of the other classes. Press Weights below the layers and choose the run of Pre-training on five classes: all layers but the last take its weights. Without that it is the same as From scratch.',
    figures: [],
  },
  'transfer-from-scratch': {
    source: CECCHETTI,
    note: 'The same network on the same 100 images a class, from new weights, for comparison.',
    figures: [],
  },
};
