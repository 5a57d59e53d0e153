import * as tf from '@tensorflow/tfjs-core';
import type { RmspropSpec } from '../../../../core/training/optimizers/rmsprop.ts';
import { onWasm, runForAll } from '../../../wasm/operation.ts';
import { afterDecay, type UpdateRule } from './rule.ts';
import { replace } from './slots.ts';

/** RMSprop: `v = rho * v + (1 - rho) * g^2`, `w -= rate * g / sqrt(v + epsilon)`. */
export const rmsprop: UpdateRule<RmspropSpec> = afterDecay((spec, { weight, gradient, slots: [square], rate }) => {
  if (square === undefined) return;
  const { rho, epsilon } = spec;
  if (onWasm()) {
    const numbers = { rho, rest: 1 - rho, rate, epsilon };
    replace([square, weight], runForAll('RmspropStep', { weight, square, gradient }, numbers));
    return;
  }
  square.assign(tf.add(tf.mul(square, rho), tf.mul(tf.square(gradient), 1 - rho)));
  const scaled = tf.div(tf.mul(gradient, rate), tf.sqrt(tf.add(square, epsilon)));
  weight.assign(tf.sub(weight, scaled));
});
