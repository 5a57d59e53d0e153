import type { Network } from '../../../core/network/network.ts';
import { type Preset, presetOf } from '../../../core/network/presets/preset.ts';
import { grown, grownByBlock, type Row, stack } from '../../../core/network/presets/stack.ts';
import { NO_AUGMENTATION } from '../../../core/training/augmentation.ts';
import type { Recipe } from '../../../core/training/recipe.ts';
import { FASHION_MNIST } from '../spec.ts';
import { DEFAULT_RECIPE, OUTPUT } from './base.ts';

/** On CIFAR-100 in PyTorch; here on Fashion-MNIST, one channel and 28×28. Optimizer and batch are this app's own. */
const BASE = {
  group: 'Cecchetti',
  reported: { trainAccuracy: null, testAccuracy: null },
} as const;

const RECIPE: Recipe = { ...DEFAULT_RECIPE, batchSize: 128, epochs: 20 };

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
export const cecchettiDense = presetOf({
  ...BASE,
  dataset: FASHION_MNIST,
  id: 'cecchetti-dense',
  title: 'MLP, dense 4096-4096 · Cecchetti',
  network: () =>
    stack(
      ['flatten'],
      ['dense', { units: 4096, activation: 'sigmoid' }],
      ['dense', { units: 4096, activation: 'sigmoid' }],
      OUTPUT,
    ),
  recipe: RECIPE,
});

function ofWidth(width: number): Preset {
  return presetOf({
    ...BASE,
    dataset: FASHION_MNIST,
    id: `cecchetti-cnn-${width}`,
    title: `CNN ${width} · Cecchetti`,
    network: () => cnn(width),
    recipe: RECIPE,
  });
}

/** The convolutional network at the four widths that the report compares. */
export const cecchettiWidths: readonly Preset[] = [ofWidth(128), ofWidth(256), ofWidth(512), ofWidth(1024)];

/** The network of width 128 with batch normalisation behind each convolution. */
export const cecchettiBatchNorm = presetOf({
  ...BASE,
  dataset: FASHION_MNIST,
  id: 'cecchetti-batch-norm',
  title: 'CNN 128, batch normalisation · Cecchetti',
  network: () => cnn(128, [['batchNormalization'], ['activation', { activation: 'relu' }]]),
  recipe: RECIPE,
});

/** The network of width 128 with dropout behind the dense layer. */
export const cecchettiDropout = presetOf({
  ...BASE,
  dataset: FASHION_MNIST,
  id: 'cecchetti-dropout',
  title: 'CNN 128, dropout · Cecchetti',
  network: () => cnn(128, [], [['dropout', { rate: 0.5 }]]),
  recipe: RECIPE,
});

/** The network of width 128 on mirrored images. */
export const cecchettiFlips = presetOf({
  ...BASE,
  dataset: FASHION_MNIST,
  id: 'cecchetti-flips',
  title: 'CNN 128, flips · Cecchetti',
  network: () => cnn(128),
  recipe: { ...RECIPE, augmentation: { ...NO_AUGMENTATION, flip: true } },
});

/** The network of width 128 on randomly cropped images. */
export const cecchettiCrops = presetOf({
  ...BASE,
  dataset: FASHION_MNIST,
  id: 'cecchetti-crops',
  title: 'CNN 128, crops · Cecchetti',
  network: () => cnn(128),
  recipe: { ...RECIPE, augmentation: { ...NO_AUGMENTATION, shift: 4 } },
});

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
export const cecchettiResNet18 = presetOf({
  ...BASE,
  dataset: FASHION_MNIST,
  id: 'cecchetti-resnet18',
  title: 'ResNet-18 · Cecchetti',
  network: resNet18,
  recipe: { ...RECIPE, augmentation: { ...NO_AUGMENTATION, flip: true, shift: 4 } },
});
