import * as tf from '@tensorflow/tfjs-core';
import { onWasm, runForAll } from '../../../wasm/operation.ts';
import type { Optimizer, OptimizerStep } from '../optimizer.ts';
import { createSlots, replace } from './slots.ts';

/** Adam's constants. */
export interface AdamOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/**
 * Adam (Kingma and Ba, arXiv:1412.6980), in Keras' form with the bias corrections in the rate:
 * `m += (1 - beta1) * (g - m)`, `v += (1 - beta2) * (g^2 - v)`, `w -= alpha * m / (sqrt(v) + epsilon)` with
 * `alpha = rate * sqrt(1 - beta2^t) / (1 - beta1^t)`. With weight decay (Loshchilov and Hutter, arXiv:1711.05101) the
 * weight first loses `rate * weightDecay` of itself.
 */
export function createAdam(options: AdamOptions, weights: readonly tf.Variable[]): Optimizer {
  const means = createSlots(weights);
  const squares = createSlots(weights);
  return {
    apply: (gradients, step) =>
      gradients.forEach((gradient, index) => {
        const [weight, mean, square] = [weights[index], means[index], squares[index]];
        if (weight && mean && square) tf.tidy(() => move(weight, { mean, square }, gradient, step, options));
      }),
    slots: [means, squares],
    dispose: () => tf.dispose([...means, ...squares]),
  };
}

function move(
  weight: tf.Variable,
  { mean, square }: { readonly mean: tf.Variable; readonly square: tf.Variable },
  gradient: tf.Tensor,
  { step, learningRate, weightDecay }: OptimizerStep,
  { beta1, beta2, epsilon }: AdamOptions,
): void {
  const alpha = (learningRate * Math.sqrt(1 - beta2 ** (step + 1))) / (1 - beta1 ** (step + 1));
  if (onWasm()) {
    const numbers = { rate1: 1 - beta1, rate2: 1 - beta2, alpha, epsilon, keep: 1 - learningRate * weightDecay };
    replace([mean, square, weight], runForAll('AdamStep', { weight, mean, square, gradient }, numbers));
    return;
  }
  mean.assign(tf.add(tf.mul(mean, beta1), tf.mul(gradient, 1 - beta1)));
  square.assign(tf.add(tf.mul(square, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
  const push = tf.div(tf.mul(mean, alpha), tf.add(tf.sqrt(square), epsilon));
  const kept = weightDecay === 0 ? weight : tf.mul(weight, 1 - learningRate * weightDecay);
  weight.assign(tf.sub(kept, push));
}
