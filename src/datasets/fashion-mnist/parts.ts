import { folderOfPart, type PartChoice, partOf } from '../../core/dataset/part.ts';
import type { Preset } from '../../core/network/presets/preset.ts';
import { outputFor, stack } from '../../core/network/presets/stack.ts';
import { defaultRecipe } from '../../core/training/recipe.ts';
import type { ShippedDataset } from '../shipped-dataset.ts';
import { FASHION_MNIST } from './spec.ts';

/*
 * Fashion-MNIST in two halves, for transfer learning: a network learns five classes from many images, and what it has learned helps
 * with the other five, of which it sees few.
 */

/** T-shirt/top, Dress, Shirt, Sneaker and Bag. */
const FIRST: PartChoice = { name: 'five classes for pre-training', labels: [0, 3, 6, 7, 8] };
/** Trouser, Pullover, Coat, Sandal and Ankle boot. */
const OTHERS: PartChoice = { name: 'five classes to transfer to', labels: [1, 2, 4, 5, 9] };

const FIVE = partOf(FASHION_MNIST, FIRST);
const OTHER_FIVE = partOf(FASHION_MNIST, OTHERS);

const BASE = { group: 'Transfer learning', reported: { trainAccuracy: null, testAccuracy: null } } as const;

function networkFor(dataset: typeof FIVE): Preset['network'] {
  return stack(
    ['conv2d', { filters: 16, padding: 'same' }],
    ['maxPooling2d'],
    ['conv2d', { filters: 32, padding: 'same' }],
    ['maxPooling2d'],
    ['conv2d', { filters: 64, padding: 'same' }],
    ['maxPooling2d'],
    ['flatten'],
    ['dense', { units: 64 }],
    outputFor(dataset),
  );
}

/** Learns five classes from many images. */
const preTraining: Preset = {
  ...BASE,
  dataset: FIVE,
  id: 'transfer-pre-training',
  title: 'Pre-training on five classes',
  network: networkFor(FIVE),
  recipe: { ...defaultRecipe(FIVE), batchSize: 64, epochs: 6, validationSplit: 0.1 },
};

/** 100 images a class to train on, and as many to validate on. */
const FEW = { ...defaultRecipe(OTHER_FIVE), trainingImages: 1000, validationSplit: 0.5, batchSize: 25, epochs: 10 };

/** The same network on few images of the other classes, from new weights. */
const fromScratch: Preset = {
  ...BASE,
  dataset: OTHER_FIVE,
  id: 'transfer-from-scratch',
  title: 'From scratch on the other five, 100 images a class',
  network: networkFor(OTHER_FIVE),
  recipe: FEW,
};

/** The same, to begin with the weights of `preTraining`. */
const fineTuning: Preset = {
  ...BASE,
  dataset: OTHER_FIVE,
  id: 'transfer-fine-tuning',
  title: 'Fine-tuning on the other five, 100 images a class',
  network: networkFor(OTHER_FIVE),
  recipe: FEW,
};

const SHIPPED: Omit<ShippedDataset, 'spec' | 'folder' | 'presets' | 'about'> = {
  aboutPresets: () => import('./presets/transfer-about.ts').then((module) => module.TRANSFER_ABOUT),
  pretrained: null,
  example: { one: 'shirt', many: 'shirts' },
  validatedOnTest: null,
  humanAccuracy: null,
  outlines: null,
  photo: () => import('./photo/photo.ts').then(({ PHOTO }) => PHOTO),
  unlikeness: null,
  flipExplanation: null,
};

/** Both halves, as data sets of their own. */
export const PARTS: readonly ShippedDataset[] = [
  {
    ...SHIPPED,
    spec: FIVE,
    folder: folderOfPart('data/', FIRST),
    presets: [preTraining],
    about: 'Half of the classes of Fashion-MNIST, for pre-training: T-shirts, dresses, shirts, sneakers and bags.',
  },
  {
    ...SHIPPED,
    spec: OTHER_FIVE,
    folder: folderOfPart('data/', OTHERS),
    presets: [fineTuning, fromScratch],
    about: 'The other classes, to be learned from few images: trousers, pullovers, coats, sandals and ankle boots.',
  },
];
