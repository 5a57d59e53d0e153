import { NO_AUGMENTATION } from '../../training/augmentation.ts';
import { OPTIMIZERS } from '../../training/optimizers/registry.ts';
import { DEFAULT_RECIPE } from '../../training/recipe.ts';
import { SCHEDULES } from '../../training/schedule.ts';
import type { Preset } from './preset.ts';
import { grown, grownByBlock, OUTPUT, stack } from './stack.ts';

/** Networks of this app. */
const BASE = {
  group: 'Fitting Room',
  source: 'Fitting Room',
  reported: { trainAccuracy: null, testAccuracy: null },
  figures: [],
} as const;

/** Three residual stages behind a small stem. */
function smallResidual() {
  const stem = stack(
    ['conv2d', { filters: 16, padding: 'same', activation: 'linear', useBias: false, kernelInitializer: 'heNormal' }],
    ['batchNormalization'],
    ['activation', { activation: 'relu' }],
  );
  const stages = [32, 64, 128].reduce(
    (network, filters) => grownByBlock(network, 'residual', { filters, downsample: true }, 1),
    stem,
  );
  return grown(stages, ['globalAveragePooling2d'], OUTPUT);
}

/** A residual network for a good accuracy in little time. */
export const smallResNet: Preset = {
  ...BASE,
  id: 'small-resnet',
  title: 'Small residual network',
  note: 'Three residual blocks with batch normalisation, each halving the image, trained by AdamW with one cycle of the learning rate on mirrored and shifted images. Made for a good accuracy in little time.',
  network: smallResidual(),
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
};

/** A large network on few images, which it memorizes. */
export const overfittingDemo: Preset = {
  ...BASE,
  id: 'overfitting-demo',
  title: 'Overfitting, on purpose',
  note: 'Almost 700,000 weights and 1,000 images: the network learns them by heart within a minute, while the validation loss turns and climbs. Then try dropout, augmentation or more images.',
  network: stack(['flatten'], ['dense', { units: 512 }], ['dense', { units: 512 }], OUTPUT),
  recipe: { ...DEFAULT_RECIPE, trainingImages: 1000, epochs: 30 },
};
