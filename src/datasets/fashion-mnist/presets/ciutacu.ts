import type { Preset } from '../../../core/network/presets/preset.ts';
import { stack } from '../../../core/network/presets/stack.ts';
import { FASHION_MNIST } from '../spec.ts';
import { DEFAULT_RECIPE, OUTPUT } from './base.ts';

/** Ciutacu's convolutional network of 2020: 542,230 parameters. */
export const ciutacuCnn: Preset = {
  dataset: FASHION_MNIST,
  id: 'ciutacu-cnn',
  title: 'CNN · Ciutacu 2020, 90.69 %',
  group: 'Ciutacu 2020',
  source: 'Ciutacu, "Classifying clothes images with neural networks", 2020',
  note: 'One convolution, one pooling and a dense layer of 100, trained with Adam for 15 epochs. The report validated on the test set; here a fifth of the training images is set aside instead. It asks whether more epochs would have helped: watch the validation curve.',
  reported: { trainAccuracy: 0.9943, testAccuracy: 0.9069 },
  figures: [],
  network: stack(
    ['conv2d', { filters: 32, kernelSize: 3, kernelInitializer: 'heUniform' }],
    ['maxPooling2d'],
    ['flatten'],
    ['dense', { units: 100, kernelInitializer: 'heUniform' }],
    OUTPUT,
  ),
  recipe: DEFAULT_RECIPE,
};
