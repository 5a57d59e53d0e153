import { ACTIVATIONS } from '../activations.ts';
import type { OptionField } from './definition.ts';

/** Fields that several kinds of layer share. */

/** Whether training leaves the weights of a layer as they are. */
export const FROZEN_FIELD: OptionField = {
  option: 'frozen',
  label: 'Freeze',
  type: 'lock',
  explanation:
    'Training leaves these weights as they are: for a layer that has learned elsewhere, while others are fitted to new data.',
};

/** The function behind the weighted sums. */
export const ACTIVATION_FIELD: OptionField = {
  option: 'activation',
  label: 'Activation',
  type: 'choice',
  choices: ACTIVATIONS,
  explanation:
    'The function applied to each output; without one, stacked layers can do no more than a single linear layer.',
};

/** Whether each output has a weight of its own besides. */
export const USE_BIAS_FIELD: OptionField = {
  option: 'useBias',
  label: 'Bias',
  type: 'switch',
  explanation: 'One more weight for each output, added after the sum; batch normalisation makes it redundant.',
};

/** Sizes of a window that slides over an image. */
const PADDING_FIELD: OptionField = {
  option: 'padding',
  label: 'Padding',
  type: 'choice',
  choices: ['valid', 'same'],
  explanation: 'valid keeps the window inside the image, which shrinks it; same adds zeros around it to keep its size.',
};

/** Which earlier layer a layer takes as well, or instead of the one above. */
export const FROM_FIELD: OptionField = {
  option: 'from',
  label: 'From',
  type: 'layer',
  explanation: 'The earlier layer whose output is used, or the Input; it must come before this layer in the list.',
};

/** Added to a variance before its root is taken. */
export const EPSILON_FIELD: OptionField = {
  option: 'epsilon',
  label: 'Epsilon',
  type: 'number',
  min: 1e-7,
  max: 1,
  steps: [1e-5, 1e-4, 1e-3, 1e-2],
  explanation: 'Added to the variance so that nothing is divided by zero; usual: 1e-5 to 1e-3.',
};

/** Whether normalised values get a trained offset. */
export const CENTER_FIELD: OptionField = {
  option: 'center',
  label: 'Center',
  type: 'switch',
  explanation: 'Adds a trained offset to each channel.',
};

/** Whether normalised values get a trained factor. */
export const SCALE_FIELD: OptionField = {
  option: 'scale',
  label: 'Scale',
  type: 'switch',
  explanation: 'Multiplies each channel by a trained factor.',
};

/** The share of values that a kind of dropout sets to zero. */
export const RATE_FIELD: OptionField = {
  option: 'rate',
  label: 'Rate',
  type: 'number',
  min: 0,
  max: 0.95,
  steps: [0, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5],
  explanation:
    'The share of values dropped at each step; usual: 0.2 to 0.5. Nothing is dropped when the network is evaluated.',
};

/** A whole number of units or filters. */
export function countField(option: string, label: string, explanation: string, max: number): OptionField {
  const steps = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096].filter((n) => n <= max);
  return { option, label, type: 'integer', min: 1, max, steps, explanation };
}

/** No window is larger: more than the side of most images that are trained on. */
const LARGEST_WINDOW = 512;

/** The extent of a window, or the distance between its stops. */
function extentField(option: string, label: string, explanation: string): OptionField {
  return { option, label, type: 'integer', min: 1, max: LARGEST_WINDOW, steps: [1, 2, 3, 5, 7], explanation };
}

/** How many output channels a convolution has. */
export const FILTERS_FIELD: OptionField = countField(
  'filters',
  'Filters',
  'How many patterns to look for, each giving one output channel; usual: 16 to 256.',
  2048,
);

/** How the kernel of a convolution lies and moves. */
export const CONVOLUTION_FIELDS: readonly OptionField[] = [
  extentField('kernelSize', 'Kernel', 'The side of the square of pixels that a filter sees at once; usual: 3 or 5.'),
  extentField('strides', 'Stride', 'How many pixels a filter moves at a time; 2 halves the height and the width.'),
  PADDING_FIELD,
  extentField(
    'dilationRate',
    'Dilation',
    'The distance between the pixels that a filter sees; more than 1 spreads it out.',
  ),
];

/** How many depthwise filters each input channel has. */
export const DEPTH_MULTIPLIER_FIELD: OptionField = countField(
  'depthMultiplier',
  'Depth multiplier',
  'How many filters each input channel gets; usual: 1.',
  16,
);

/** How the window of a pooling layer lies and moves; `kept` says what is kept of it. */
export function poolingFields(kept: string): readonly OptionField[] {
  return [
    extentField('poolSize', 'Pool', `The side of the square of which ${kept} is kept; usual: 2.`),
    extentField('strides', 'Stride', 'How many pixels the window moves at a time; usual: the same as the pool size.'),
    PADDING_FIELD,
  ];
}
