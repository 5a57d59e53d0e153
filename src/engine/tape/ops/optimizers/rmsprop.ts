import * as tf from '@tensorflow/tfjs-core';
import { onWasm, runForAll } from '../../../wasm/operation.ts';
import type { Optimizer } from '../optimizer.ts';
import { createSlots, replace } from './slots.ts';

/**
 * RMSprop (Hinton, lecture 6e of "Neural Networks for Machine Learning", 2012, in Keras' form):
 * `v = rho * v + (1 - rho) * g^2`, `w -= rate * g / sqrt(v + epsilon)`.
 */
export function createRmsprop(
  { rho, epsilon }: { readonly rho: number; readonly epsilon: number },
  weights: readonly tf.Variable[],
): Optimizer {
  const squares = createSlots(weights);
  return {
    apply: (gradients, { learningRate }) =>
      gradients.forEach((gradient, index) => {
        const [weight, square] = [weights[index], squares[index]];
        if (!weight || !square) return;
        tf.tidy(() => {
          if (onWasm()) {
            const numbers = { rho, rest: 1 - rho, rate: learningRate, epsilon };
            replace([square, weight], runForAll('RmspropStep', { weight, square, gradient }, numbers));
            return;
          }
          square.assign(tf.add(tf.mul(square, rho), tf.mul(tf.square(gradient), 1 - rho)));
          const scaled = tf.div(tf.mul(gradient, learningRate), tf.sqrt(tf.add(square, epsilon)));
          weight.assign(tf.sub(weight, scaled));
        });
      }),
    slots: [squares],
    dispose: () => tf.dispose([...squares]),
  };
}
