/** @typedef {import('./experiments.mjs').Experiment} Experiment */

const SOURCE = 'Cecchetti';
const CIFAR = 'Fashion-MNIST in place of CIFAR-100';
/** What two processor cores can afford of the widest networks. */
const FEW_IMAGES = { epochs: 4, trainingImages: 3000 };
/** Of the others they can afford all epochs, on few images. */
const ALL_EPOCHS = { epochs: 20, trainingImages: 3000 };
const WIDE = ['cecchetti-cnn-512', 'cecchetti-cnn-1024', 'cecchetti-resnet18'];
const LARGE = 'Networks of millions of weights take minutes for an epoch on two processor cores.';

/** Cecchetti's networks on garments. In the order of the page. @type {readonly Experiment[]} */
export const CECCHETTI = experiments();

/** @returns {Experiment[]} */
function experiments() {
  /** @type {readonly (readonly [preset: string, what: string, claim: string, why: string])[]} */
  const rows = [
    [
      'dense',
      'Dense 4096, 4096, sigmoid',
      'slower and less accurate than the CNN',
      'As in the report less accurate than the CNN, by a point.',
    ],
    ['cnn-128', 'CNN of width 128', 'test accuracy 31 %', 'The comparisons below are against this one.'],
    [
      'cnn-256',
      'CNN of width 256',
      'wider: from 30 to 40 %',
      'After all epochs it ends where width 128 does, and memorises more: garments are far easier than 100 classes.',
    ],
    [
      'cnn-512',
      'CNN of width 512',
      'wider: from 30 to 40 %, slow',
      'After a fifth of the epochs it can only be compared with width 1024.',
    ],
    [
      'cnn-1024',
      'CNN of width 1024',
      'wider: from 30 to 40 %, slow',
      'After a fifth of the epochs it can only be compared with width 512.',
    ],
    [
      'batch-norm',
      'CNN 128 with batch normalisation',
      '“little effect” (23 to 43 %)',
      'It is judged by its moving averages, which at Keras’ momentum of 0.99 follow more slowly than the weights change in so few steps. Its program in PyTorch on 2,400 images ends the same way: 23 % of the validation images by the moving averages, while it names 98 % of its training images by the statistics of a batch.',
    ],
    [
      'dropout',
      'CNN 128 with dropout',
      'same accuracy, higher training loss',
      'The same accuracy as without, as in the report. The training loss is only a little higher, because dropout is off when it is judged.',
    ],
    [
      'flips',
      'CNN 128 on mirrored images',
      '36 % against 31 %',
      'The same accuracy as without, and less overfitting: a test loss of 0.63 in place of 0.83.',
    ],
    [
      'crops',
      'CNN 128 on images moved by up to 4 pixels',
      '39 % against 31 %',
      'The least overfitting, with a test loss of 0.51 in place of 0.83; but so far it names only 86 % of the training images, and so fewer of the test images, too.',
    ],
    [
      'resnet18',
      'ResNet-18 from scratch, crops and flips',
      'no figure',
      'The report starts from ImageNet. After 76 steps the moving averages of batch normalisation, by which it is judged, are still to 0.99^76 = 47 % where they began.',
    ],
  ];
  const own = rows.map(([preset, what, claim, why]) => ({
    id: `cecchetti-${preset}`,
    source: SOURCE,
    what,
    claim,
    preset: `cecchetti-${preset}`,
    other: CIFAR,
    short: WIDE.includes(`cecchetti-${preset}`) ? FEW_IMAGES : ALL_EPOCHS,
    costs: LARGE,
    seeds: 1,
    why,
  }));
  const preTrained = {
    id: 'cecchetti-resnet18-pre-trained',
    source: SOURCE,
    what: 'ResNet-18 trained on ImageNet before',
    claim: '74 to 79 %',
    preset: null,
    seeds: 0,
    why: 'Weights from ImageNet are not part of the app, which shows transfer between garments instead ([transfer.md](transfer.md)).',
  };
  return [...own, preTrained];
}
