import type { Network } from '../../core/network/network.ts';
import { type Row, stack } from '../../core/network/presets/stack.ts';
import { NO_AUGMENTATION } from '../../core/training/augmentation.ts';
import { OPTIMIZERS } from '../../core/training/optimizers/registry.ts';
import type { Recipe } from '../../core/training/recipe.ts';
import type { Setup } from '../../core/training/setup.ts';
import type { Demo } from '../demo.ts';
import { DEFAULT_RECIPE, OUTPUT } from './presets/base.ts';
import { overfittingDemo } from './presets/own.ts';
import { FASHION_MNIST } from './spec.ts';

/** The same on every machine, so that a class sees what was rehearsed. */
const SEED = 42;

/** 1,000 images to train on, and as many to validate on, so that the verdict is no accident. */
const FEW: Partial<Recipe> = { trainingImages: 2000, validationSplit: 0.5, batchSize: 50, epochs: 15 };

/** Far more weights than 1,000 images can pin down. */
const LARGE: readonly Row[] = [['flatten'], ['dense', { units: 512 }], ['dense', { units: 512 }]];

function setup(network: Network, values: Partial<Recipe>): Setup {
  return { dataset: FASHION_MNIST, network, recipe: { ...DEFAULT_RECIPE, seed: SEED, ...values } };
}

const overfits = setup(stack(...LARGE, OUTPUT), FEW);

const dropout: Demo = {
  id: 'dropout',
  presetId: overfittingDemo.id,
  title: 'Dropout',
  question: 'What does dropout change?',
  words: 'The same 1,000 images and the same layers. One network trains with dropout.',
  runs: [
    { name: 'Without dropout', setup: overfits },
    {
      name: 'With dropout 0.5',
      setup: {
        ...overfits,
        network: stack(
          ['flatten'],
          ['dense', { units: 512 }],
          ['dropout', { rate: 0.5 }],
          ['dense', { units: 512 }],
          ['dropout', { rate: 0.5 }],
          OUTPUT,
        ),
      },
    },
  ],
};

const augmentation: Demo = {
  id: 'augmentation',
  presetId: overfittingDemo.id,
  title: 'Augmentation',
  question: 'What changes if images are mirrored and moved?',
  words: 'The same 1,000 images and the same layers. One network sees them mirrored and moved, differently each time.',
  runs: [
    { name: 'Images as they are', setup: overfits },
    {
      name: 'Images mirrored and moved',
      setup: {
        ...overfits,
        recipe: { ...overfits.recipe, augmentation: { ...NO_AUGMENTATION, flip: true, shift: 1 } },
      },
    },
  ],
};

const data: Demo = {
  id: 'data',
  presetId: overfittingDemo.id,
  title: 'More data',
  question: 'Do more images help?',
  words: 'The same layers and the same number of epochs. One network has nine times as many images.',
  runs: [
    { name: '1,000 images', setup: setup(stack(...LARGE, OUTPUT), { ...FEW, epochs: 10 }) },
    {
      name: '9,000 images',
      setup: setup(stack(...LARGE, OUTPUT), {
        ...FEW,
        trainingImages: 10_000,
        validationSplit: 0.1,
        epochs: 10,
      }),
    },
  ],
};

/** Layers with nothing between the weighted sum and its activation, or batch normalisation. */
function deep(normalised: boolean): Network {
  const one: readonly Row[] = [
    ['dense', { units: 64, activation: 'linear' }],
    ...(normalised ? [['batchNormalization'] satisfies Row] : []),
    ['activation', { activation: 'sigmoid' }],
  ];
  return stack(['flatten'], ...Array.from({ length: 4 }, () => one).flat(), OUTPUT);
}

const SGD: Partial<Recipe> = {
  optimizer: OPTIMIZERS.sgd.defaults,
  trainingImages: 5000,
  validationSplit: 0.2,
  batchSize: 50,
};

const batchNormalisation: Demo = {
  id: 'batch-normalisation',
  presetId: overfittingDemo.id,
  title: 'Batch normalisation',
  question: 'Which network learns?',
  words: 'Four layers of 64 sigmoid units, trained on 4,000 images. One network normalises each layer.',
  runs: [
    {
      name: 'Without batch normalisation',
      setup: setup(deep(false), { ...SGD, learningRate: 0.1, epochs: 10 }),
    },
    {
      name: 'With batch normalisation',
      setup: setup(deep(true), { ...SGD, learningRate: 0.1, epochs: 10 }),
    },
  ],
};

const shallow = stack(['flatten'], ['dense', { units: 128 }], OUTPUT);

const learningRate: Demo = {
  id: 'learning-rate',
  presetId: overfittingDemo.id,
  title: 'Learning rate too high',
  question: 'What happens if the learning rate is too high?',
  words: 'The same layers, images and optimizer. One learning rate is a hundred times the other.',
  runs: [
    {
      name: 'Learning rate 0.05',
      setup: setup(shallow, { ...SGD, learningRate: 0.05, epochs: 10 }),
    },
    {
      name: 'Learning rate 5',
      setup: setup(shallow, { ...SGD, learningRate: 5, epochs: 10 }),
    },
  ],
};

/** The demos, in the order of the list. What each shows was tried; `tests/engine/demos.test.ts` trains two of them. */
export const FASHION_MNIST_DEMOS: readonly Demo[] = [dropout, augmentation, data, batchNormalisation, learningRate];
