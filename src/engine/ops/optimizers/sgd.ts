import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer } from '../optimizer.ts';
import { createSlots } from './slots.ts';

/**
 * Stochastic gradient descent, with momentum where it is above 0 (Sutskever et al., ICML 2013, in Keras' form):
 * `v = momentum * v - rate * g`, then `w += v`, or with Nesterov's look-ahead `w += momentum * v - rate * g`.
 */
export function createSgd(
  { momentum, nesterov }: { readonly momentum: number; readonly nesterov: boolean },
  weights: readonly tf.Variable[],
): Optimizer {
  const velocities = momentum === 0 ? [] : createSlots(weights);
  const move = (index: number, weight: tf.Variable, push: tf.Tensor) => {
    const velocity = velocities[index];
    if (velocity === undefined) return weight.assign(tf.add(weight, push));
    velocity.assign(tf.add(tf.mul(velocity, momentum), push));
    weight.assign(tf.add(weight, nesterov ? tf.add(tf.mul(velocity, momentum), push) : velocity));
  };
  return {
    apply: (gradients, { learningRate }) =>
      gradients.forEach((gradient, index) => {
        const weight = weights[index];
        if (weight) tf.tidy(() => move(index, weight, tf.mul(gradient, -learningRate)));
      }),
    dispose: () => tf.dispose([...velocities]),
  };
}
