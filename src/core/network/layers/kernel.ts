import { numberText } from '../../text/number-text.ts';
import { INITIALIZERS, type Initializer } from '../initializers.ts';
import { type Shape, sizeOf } from '../shape.ts';
import type { OptionField, WeightName, WeightSpec } from './definition.ts';

/** Options of a kernel that several kinds of layer share. */
export interface KernelOptions {
  readonly kernelInitializer: Initializer;
  /** The standard deviation of `randomNormal`. */
  readonly stddev: number;
  readonly l1: number;
  readonly l2: number;
}

/** The options as they start, as in Keras. */
export const KERNEL_DEFAULTS = { kernelInitializer: 'glorotUniform', stddev: 0.05, l1: 0, l2: 0 } as const;

/** The fields of {@link KernelOptions}. */
export const KERNEL_FIELDS: readonly OptionField[] = [
  {
    option: 'kernelInitializer',
    label: 'Initializer',
    type: 'choice',
    choices: INITIALIZERS,
    explanation: 'How weights start: Glorot suits sigmoid and tanh, He suits relu, and zeros never learn.',
  },
  {
    option: 'stddev',
    label: 'Deviation',
    type: 'number',
    min: 1e-6,
    max: 10,
    steps: [0.001, 0.01, 0.05, 0.1, 0.5, 1],
    when: { option: 'kernelInitializer', is: 'randomNormal' },
    explanation: 'How far random normal weights spread around zero; usual: 0.01 to 0.1.',
  },
  {
    option: 'l1',
    label: 'L1',
    type: 'number',
    min: 0,
    max: 1,
    steps: [0, 1e-5, 1e-4, 1e-3, 1e-2],
    explanation:
      'Adds this times the sum of absolute weights to the loss, which drives weights to zero; usual: 1e-5 to 1e-3.',
  },
  {
    option: 'l2',
    label: 'L2',
    type: 'number',
    min: 0,
    max: 1,
    steps: [0, 1e-5, 1e-4, 1e-3, 1e-2],
    explanation:
      'Adds this times the sum of squared weights to the loss, which keeps weights small; usual: 1e-5 to 1e-3.',
  },
];

/** A kernel of the given shape that starts and is penalised as the options say. */
export function kernelOf(options: KernelOptions, shape: Shape, name: WeightName = 'kernel'): WeightSpec {
  const { kernelInitializer, stddev, l1, l2 } = options;
  return { name, shape, initializer: kernelInitializer, stddev, trainable: true, l1, l2 };
}

/** One weight for each output, which starts at zero and has no penalty. */
export function biasOf(length: number): WeightSpec {
  return { name: 'bias', shape: [length], initializer: 'zeros', trainable: true, l1: 0, l2: 0 };
}

/** How many numbers weights hold together. */
export function parametersOf(weights: readonly WeightSpec[]): number {
  return weights.reduce((sum, weight) => sum + sizeOf(weight.shape), 0);
}

/** Parameters as a sum that a student can redo: `(3·3·1 + 1) × 32 = 320`. */
export function kernelSum(seen: string, useBias: boolean, outputs: number, total: number): string {
  const each = useBias ? `(${seen} + 1)` : seen;
  return `${each} × ${numberText(outputs)} = ${numberText(total)}`;
}
