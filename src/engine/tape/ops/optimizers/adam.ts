import * as tf from '@tensorflow/tfjs-core';
import type { AdamOptions } from '../../../../core/training/optimizers/adam.ts';
import { onWasm, runForAll } from '../../../wasm/operation.ts';
import type { UpdateRule } from './rule.ts';
import { replace } from './slots.ts';

/**
 * Adam and AdamW: `m += (1 - beta1) * (g - m)`, `v += (1 - beta2) * (g^2 - v)`, `w -= rate * m / (sqrt(v) + epsilon)`.
 * Weight decay is part of the last assignment.
 */
export const adam: UpdateRule<AdamOptions> = (spec, { weight, gradient, slots: [mean, square], rate, keep }) => {
  if (mean === undefined || square === undefined) return;
  const { beta1, beta2, epsilon } = spec;
  if (onWasm()) {
    const numbers = { rate1: 1 - beta1, rate2: 1 - beta2, alpha: rate, epsilon, keep };
    replace([mean, square, weight], runForAll('AdamStep', { weight, mean, square, gradient }, numbers));
    return;
  }
  mean.assign(tf.add(tf.mul(mean, beta1), tf.mul(gradient, 1 - beta1)));
  square.assign(tf.add(tf.mul(square, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
  const push = tf.div(tf.mul(mean, rate), tf.add(tf.sqrt(square), epsilon));
  weight.assign(tf.sub(keep === 1 ? weight : tf.mul(weight, keep), push));
};
