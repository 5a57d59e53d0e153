import { presetOf } from '../../../core/network/presets/preset.ts';
import { grown, grownByBlock, stack } from '../../../core/network/presets/stack.ts';
import { NO_AUGMENTATION } from '../../../core/training/augmentation.ts';
import { OPTIMIZERS } from '../../../core/training/optimizers/registry.ts';
import { SCHEDULES } from '../../../core/training/schedule.ts';
import { FASHION_MNIST } from '../spec.ts';
import { DEFAULT_RECIPE, OUTPUT } from './base.ts';

/** Networks of this app. */
const BASE = {
  group: 'Fitting Room',
  reported: { trainAccuracy: null, testAccuracy: null },
} as const;

/** Three residual stages behind a small stem. */
function smallResidual() {
  const stem = stack(
    ['conv2d', { filters: 16, padding: 'same', activation: 'linear', useBias: false, kernelInitializer: 'heNormal' }],
    ['batchNormalization'],
    ['activation', { activation: 'relu' }],
  );
  const stages = [32, 64, 128].reduce(
    (network, filters) => grownByBlock(network, FASHION_MNIST, 'residual', { filters, downsample: true }, 1),
    stem,
  );
  return grown(stages, ['globalAveragePooling2d'], OUTPUT);
}

/** A residual network for a good accuracy in little time. */
export const smallResNet = presetOf({
  ...BASE,
  dataset: FASHION_MNIST,
  id: 'small-resnet',
  title: 'Small residual network',
  network: smallResidual,
  recipe: {
    ...DEFAULT_RECIPE,
    optimizer: OPTIMIZERS.adamw.defaults,
    learningRate: 0.01,
    schedule: SCHEDULES.oneCycle.defaults,
    labelSmoothing: 0.1,
    batchSize: 128,
    epochs: 12,
    validationSplit: 0.1,
    augmentation: { ...NO_AUGMENTATION, flip: true, shift: 2 },
  },
});

/** The same network by a recipe for few minutes on a processor (docs/reports.md). */
export const fastResidual = presetOf({
  ...BASE,
  dataset: FASHION_MNIST,
  id: 'fast-residual',
  title: 'Fast residual network',
  network: smallResidual,
  recipe: {
    ...smallResNet.recipe,
    optimizer: OPTIMIZERS.muon.defaults,
    weightDecay: 0.004,
    // So few epochs are best spent on the images as they are.
    augmentation: NO_AUGMENTATION,
    epochs: 5,
  },
});

/** Two transformer blocks on patches of 7×7, and the mean over all patches. */
function smallTransformer() {
  const { width, patchSize } = { width: 64, patchSize: 7 };
  const embedding = stack(
    ['patches', { patchSize }],
    ['dense', { units: width, activation: 'linear' }],
    ['positionEmbedding'],
  );
  const options = { filters: width, downsample: false };
  const blocks = grownByBlock(embedding, FASHION_MNIST, 'transformer', options, 2);
  return grown(blocks, ['layerNormalization'], ['globalAveragePooling1d'], OUTPUT);
}

/** A vision transformer small enough for a browser. */
export const smallVisionTransformer = presetOf({
  ...BASE,
  dataset: FASHION_MNIST,
  id: 'small-vision-transformer',
  title: 'Small vision transformer',
  network: smallTransformer,
  recipe: {
    ...DEFAULT_RECIPE,
    optimizer: OPTIMIZERS.adamw.defaults,
    learningRate: 0.002,
    schedule: SCHEDULES.oneCycle.defaults,
    batchSize: 64,
    epochs: 12,
    validationSplit: 0.1,
    labelSmoothing: 0.1,
  },
});

/** A large network on few images, which it memorizes. */
export const overfittingDemo = presetOf({
  ...BASE,
  dataset: FASHION_MNIST,
  id: 'overfitting-demo',
  title: 'Overfitting, on purpose',
  network: () => stack(['flatten'], ['dense', { units: 512 }], ['dense', { units: 512 }], OUTPUT),
  recipe: { ...DEFAULT_RECIPE, trainingImages: 1000, epochs: 30 },
});
