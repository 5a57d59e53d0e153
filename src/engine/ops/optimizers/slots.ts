import { tidy, type Variable, variable, zerosLike } from '@tensorflow/tfjs-core';

/** A tensor of zeros beside each weight, to hold a moving average. The caller disposes them. */
export function createSlots(weights: readonly Variable[]): readonly Variable[] {
  return weights.map((weight) => tidy(() => variable(zerosLike(weight), false)));
}
