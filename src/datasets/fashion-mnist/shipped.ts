import type { ShippedDataset } from '../shipped-dataset.ts';
import { OUTLINES } from './outlines.ts';
import { FASHION_MNIST_PRESETS } from './presets/catalogue.ts';
import { FASHION_MNIST } from './spec.ts';

/** Fashion-MNIST with all that only it has. */
export const SHIPPED_FASHION_MNIST: ShippedDataset = {
  spec: FASHION_MNIST,
  folder: 'data/',
  presets: FASHION_MNIST_PRESETS,
  aboutPresets: () => import('./presets/about.ts').then((module) => module.FASHION_MNIST_ABOUT),
  pretrained: 'pretrained/ciutacu.json',
  about:
    "Zalando's product photos, 28×28 pixels in 256 shades of gray. Each kind of garment has 6,000 training images. Licence: MIT.",
  example: { one: 'shirt', many: 'shirts' },
  validatedOnTest: 'Ciutacu',
  // The benchmark table in github.com/zalandoresearch/fashion-mnist, row `Human Performance`: people without fashion expertise,
  // asked by crowdsourcing, for 1,000 random test images; the majority of three answers each.
  humanAccuracy: 0.835,
  outlines: OUTLINES,
  photo: () => import('./photo/photo.ts').then(({ PHOTO }) => PHOTO),
  unlikeness: () => import('./unlikeness.ts').then(({ UNLIKENESS }) => UNLIKENESS),
  flipExplanation:
    'Mirrors half of the images left to right: safe for most garments, though all shoes in the data point left.',
};
