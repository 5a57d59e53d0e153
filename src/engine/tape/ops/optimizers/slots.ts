import { type Tensor, tidy, type Variable, variable, zerosLike } from '@tensorflow/tfjs-core';

/** A tensor of zeros beside each weight, to hold a moving average. The caller disposes them. */
export function createSlots(weights: readonly Variable[]): readonly Variable[] {
  return weights.map((weight) => tidy(() => variable(zerosLike(weight), false)));
}

/** Gives variables new values, in order. */
export function replace(variables: readonly Variable[], values: readonly Tensor[]): void {
  variables.forEach((old, index) => {
    const value = values[index];
    if (value) old.assign(value);
  });
}
