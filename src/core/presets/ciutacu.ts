import { createLayer } from '../network.ts';
import { DEFAULT_RECIPE } from '../recipe.ts';
import type { Preset } from './preset.ts';

/** Ciutacu's convolutional network of 2020: 542,230 parameters. */
export const ciutacuCnn: Preset = {
  id: 'ciutacu-cnn',
  title: 'Ciutacu 2020 · CNN',
  source: 'Ciutacu, "Classifying clothes images with neural networks", 2020',
  note: 'One convolution, one pooling and a dense layer of 100, trained with Adam for 15 epochs. The report validated on the test set; here a fifth of the training images is set aside instead. It asks whether more epochs would have helped: watch the validation curve.',
  reported: { trainAccuracy: 0.9943, testAccuracy: 0.9069 },
  network: {
    layers: [
      createLayer('conv2d', 'conv2d-1', { filters: 32, kernelSize: 3, kernelInitializer: 'heUniform' }),
      createLayer('maxPooling2d', 'maxPooling2d-1'),
      createLayer('flatten', 'flatten-1'),
      createLayer('dense', 'dense-1', { units: 100, kernelInitializer: 'heUniform' }),
      createLayer('dense', 'dense-2', { units: 10, activation: 'softmax' }),
    ],
  },
  recipe: DEFAULT_RECIPE,
};
