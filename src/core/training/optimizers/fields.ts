import type { OptionField } from '../../network/layers/definition.ts';

/** Fields that several optimizers share. */

/** A share that a moving average keeps at each step: close to 1, for a long memory. */
export function memoryField(option: string, label: string, explanation: string): OptionField {
  return { option, label, type: 'number', min: 0, max: 0.99999, steps: [0, 0.5, 0.9, 0.99, 0.999], explanation };
}

/** Added to a root, or under it, before it divides. */
export const EPSILON_FIELD: OptionField = {
  option: 'epsilon',
  label: 'Epsilon',
  type: 'number',
  min: 1e-10,
  max: 1,
  steps: [1e-8, 1e-7, 1e-4, 1e-3, 0.01],
  explanation:
    'Keeps the step finite where a gradient is almost zero; larger values make the steps smaller; usual: 1e-7.',
};
