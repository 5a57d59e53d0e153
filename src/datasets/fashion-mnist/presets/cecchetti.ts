import type { Network } from '../../../core/network/network.ts';
import type { Preset } from '../../../core/network/presets/preset.ts';
import { grown, grownByBlock, type Row, stack } from '../../../core/network/presets/stack.ts';
import { NO_AUGMENTATION } from '../../../core/training/augmentation.ts';
import type { Recipe } from '../../../core/training/recipe.ts';
import { FASHION_MNIST } from '../spec.ts';
import { DEFAULT_RECIPE, OUTPUT } from './base.ts';

/** On CIFAR-100 in PyTorch; here on Fashion-MNIST, one channel and 28×28. Optimizer and batch are this app's own. */
const BASE = {
  group: 'Cecchetti',
  source: 'Cecchetti, "Report Homework 3", deep learning course',
  reported: { trainAccuracy: null, testAccuracy: null },
} as const;

const RECIPE: Recipe = { ...DEFAULT_RECIPE, batchSize: 128, epochs: 20 };

const ELSEWHERE = 'The report trains on CIFAR-100, so its figures cannot be compared with those here.';

/** Four convolutions, a pooling and a dense layer of 4,096; the last convolution is twice as wide as the others. */
function cnn(width: number, behindConvolution: readonly Row[] = [], behindDense: readonly Row[] = []): Network {
  const activation = behindConvolution.length > 0 ? 'linear' : 'relu';
  const useBias = behindConvolution.length === 0;
  const shared = { activation, useBias } as const;
  return stack(
    ['conv2d', { ...shared, filters: width, kernelSize: 5, strides: 2 }],
    ...behindConvolution,
    ['conv2d', { ...shared, filters: width }],
    ...behindConvolution,
    ['conv2d', { ...shared, filters: width }],
    ...behindConvolution,
    ['conv2d', { ...shared, filters: 2 * width }],
    ...behindConvolution,
    ['maxPooling2d'],
    ['flatten'],
    ['dense', { units: 4096 }],
    ...behindDense,
    OUTPUT,
  );
}

/** The dense network: two hidden layers of 4,096 sigmoid units. */
export const cecchettiDense: Preset = {
  ...BASE,
  dataset: FASHION_MNIST,
  id: 'cecchetti-dense',
  title: 'MLP, dense 4096-4096 · Cecchetti',
  note: `Two hidden layers of 4,096 sigmoid units: slower and less accurate than the convolutional network. ${ELSEWHERE}`,
  figures: [],
  network: stack(
    ['flatten'],
    ['dense', { units: 4096, activation: 'sigmoid' }],
    ['dense', { units: 4096, activation: 'sigmoid' }],
    OUTPUT,
  ),
  recipe: RECIPE,
};

function ofWidth(width: number, found: string): Preset {
  return {
    ...BASE,
    dataset: FASHION_MNIST,
    id: `cecchetti-cnn-${width}`,
    title: `CNN ${width} · Cecchetti`,
    note: `Four convolutions of ${width}, ${width}, ${width} and ${2 * width} filters and a dense layer of 4,096. ${found} ${ELSEWHERE}`,
    figures: [{ label: 'Test accuracy on CIFAR-100, narrowest to widest', value: '30 to 40 %' }],
    network: cnn(width),
    recipe: RECIPE,
  };
}

/** The convolutional network at the four widths that the report compares. */
export const cecchettiWidths: readonly Preset[] = [
  ofWidth(128, 'The report starts from this width.'),
  ofWidth(256, 'Wider networks were more accurate, and this one was still fast.'),
  ofWidth(512, 'Wider networks were more accurate, but this one was slow.'),
  ofWidth(1024, 'The widest of the report: slow, and the most accurate.'),
];

/** The network of width 128 with batch normalisation behind each convolution. */
export const cecchettiBatchNorm: Preset = {
  ...BASE,
  dataset: FASHION_MNIST,
  id: 'cecchetti-batch-norm',
  title: 'CNN 128, batch normalisation · Cecchetti',
  note: `The CNN of width 128 with batch normalisation after each convolution. The report sees little effect: from 23 to 43 % on the test set either way. ${ELSEWHERE}`,
  figures: [{ label: 'Test accuracy on CIFAR-100 over 20 epochs', value: '23 to 43 %' }],
  network: cnn(128, [['batchNormalization'], ['activation', { activation: 'relu' }]]),
  recipe: RECIPE,
};

/** The network of width 128 with dropout behind the dense layer. */
export const cecchettiDropout: Preset = {
  ...BASE,
  dataset: FASHION_MNIST,
  id: 'cecchetti-dropout',
  title: 'CNN 128, dropout · Cecchetti',
  note: `The CNN of width 128 with dropout after the dense layer. The report finds the same accuracy at a higher training loss; without dropout it fell to 0.047, which is overfitting. ${ELSEWHERE}`,
  figures: [{ label: 'Training loss without dropout', value: '0.047' }],
  network: cnn(128, [], [['dropout', { rate: 0.5 }]]),
  recipe: RECIPE,
};

/** The network of width 128 on mirrored images. */
export const cecchettiFlips: Preset = {
  ...BASE,
  dataset: FASHION_MNIST,
  id: 'cecchetti-flips',
  title: 'CNN 128, flips · Cecchetti',
  note: `The CNN of width 128, with with with with with half of the images mirrored at each step. On CIFAR-100 that raised the test accuracy from 31 to 36 %. ${ELSEWHERE}`,
  figures: [{ label: 'Test accuracy on CIFAR-100 without and with flips', value: '31 %, 36 %' }],
  network: cnn(128),
  recipe: { ...RECIPE, augmentation: { ...NO_AUGMENTATION, flip: true } },
};

/** The network of width 128 on randomly cropped images. */
export const cecchettiCrops: Preset = {
  ...BASE,
  dataset: FASHION_MNIST,
  id: 'cecchetti-crops',
  title: 'CNN 128, crops · Cecchetti',
  note: `The CNN of width 128 on random crops: each image is moved by up to 4 pixels. On CIFAR-100 crops raised the test accuracy from 31 to 39 %, with a training loss that stayed high. ${ELSEWHERE}`,
  figures: [{ label: 'Test accuracy on CIFAR-100 without and with crops', value: '31 %, 39 %' }],
  network: cnn(128),
  recipe: { ...RECIPE, augmentation: { ...NO_AUGMENTATION, shift: 4 } },
};

/** ResNet-18 with the small stem that images of 28×28 need (He et al., arXiv:1512.03385). */
function resNet18(): Network {
  const stem = stack(
    ['conv2d', { filters: 64, padding: 'same', activation: 'linear', useBias: false, kernelInitializer: 'heNormal' }],
    ['batchNormalization'],
    ['activation', { activation: 'relu' }],
  );
  const stages = [64, 128, 256, 512].reduce(
    (network, filters) => grownByBlock(network, FASHION_MNIST, 'residual', { filters, downsample: filters > 64 }, 2),
    stem,
  );
  return grown(stages, ['globalAveragePooling2d'], OUTPUT);
}

/** ResNet-18, trained from scratch. */
export const cecchettiResNet18: Preset = {
  ...BASE,
  dataset: FASHION_MNIST,
  id: 'cecchetti-resnet18',
  title: 'ResNet-18 · Cecchetti',
  note: `ResNet-18 with a first convolution of 3×3 and no pooling after it, as small images need. The report starts from one trained on ImageNet and reaches 74 to 79 %; here it starts from random weights, with the same crops and flips. ${ELSEWHERE}`,
  figures: [{ label: 'Test accuracy on CIFAR-100, trained on ImageNet before', value: '74 to 79 %' }],
  network: resNet18(),
  recipe: { ...RECIPE, augmentation: { ...NO_AUGMENTATION, flip: true, shift: 4 } },
};
