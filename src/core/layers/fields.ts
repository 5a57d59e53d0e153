import { ACTIVATIONS } from '../activations.ts';
import { INITIALIZERS } from '../initializers.ts';
import type { OptionField } from './definition.ts';

/** Fields that several kinds of layer share. */

export const ACTIVATION_FIELD: OptionField = {
  option: 'activation',
  label: 'Activation',
  type: 'choice',
  choices: ACTIVATIONS,
  explanation:
    'The function applied to each output; without one, stacked layers are no more than a single linear layer.',
};

export const KERNEL_INITIALIZER_FIELD: OptionField = {
  option: 'kernelInitializer',
  label: 'Initializer',
  type: 'choice',
  choices: INITIALIZERS,
  explanation: 'How weights start: Glorot suits sigmoid and tanh, He suits relu, and zeros never learn.',
};

export const USE_BIAS_FIELD: OptionField = {
  option: 'useBias',
  label: 'Bias',
  type: 'switch',
  explanation: 'One more weight for each output, added after the sum; batch normalisation makes it redundant.',
};

export const L1_FIELD: OptionField = {
  option: 'l1',
  label: 'L1',
  type: 'number',
  min: 0,
  max: 1,
  steps: [0, 1e-5, 1e-4, 1e-3, 1e-2],
  explanation:
    'Adds this times the sum of absolute weights to the loss, which drives weights to zero; usual: 1e-5 to 1e-3.',
};

export const L2_FIELD: OptionField = {
  option: 'l2',
  label: 'L2',
  type: 'number',
  min: 0,
  max: 1,
  steps: [0, 1e-5, 1e-4, 1e-3, 1e-2],
  explanation:
    'Adds this times the sum of squared weights to the loss, which keeps weights small; usual: 1e-5 to 1e-3.',
};

/** Sizes of a window that slides over an image. */
export const PADDING_FIELD: OptionField = {
  option: 'padding',
  label: 'Padding',
  type: 'choice',
  choices: ['valid', 'same'],
  explanation: 'valid keeps the window inside the image, which shrinks it; same adds zeros around it to keep its size.',
};

/** A whole number of units or filters. */
export function countField(option: string, label: string, explanation: string, max: number): OptionField {
  const steps = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096].filter((n) => n <= max);
  return { option, label, type: 'integer', min: 1, max, steps, explanation };
}

/** The extent of a window, or the distance between its stops. */
export function extentField(option: string, label: string, explanation: string): OptionField {
  return { option, label, type: 'integer', min: 1, max: 28, steps: [1, 2, 3, 5, 7], explanation };
}
