import { presetOf } from '../../../core/network/presets/preset.ts';
import { stack } from '../../../core/network/presets/stack.ts';
import { FASHION_MNIST } from '../spec.ts';
import { DEFAULT_RECIPE, OUTPUT } from './base.ts';

/** Ciutacu's convolutional network of 2020: 542,230 parameters. */
export const ciutacuCnn = presetOf({
  dataset: FASHION_MNIST,
  id: 'ciutacu-cnn',
  title: 'CNN · Ciutacu 2020, 90.69 %',
  group: 'Ciutacu 2020',
  reported: { trainAccuracy: 0.9943, testAccuracy: 0.9069 },
  network: () =>
    stack(
      ['conv2d', { filters: 32, kernelSize: 3, kernelInitializer: 'heUniform' }],
      ['maxPooling2d'],
      ['flatten'],
      ['dense', { units: 100, kernelInitializer: 'heUniform' }],
      OUTPUT,
    ),
  recipe: DEFAULT_RECIPE,
});
