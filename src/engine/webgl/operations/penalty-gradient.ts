import { penaltySlope } from '../kernels/penalty.ts';
import type { Lower } from './lower.ts';

/** One draw, where the gradient of the kernel has no place for it. */
export const penaltyGradient: Lower<'penaltyGradient'> = ({ inputs: { weight }, outputs, attributes }, at) => {
  at.fromWeights(weight, outputs.gradient, { name: 'penalty gradient', value: penaltySlope(attributes) });
};
