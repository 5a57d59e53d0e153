import * as tf from '@tensorflow/tfjs-core';
import type { AdagradSpec } from '../../../../core/training/optimizers/adagrad.ts';
import { onWasm, runForAll } from '../../../wasm/operation.ts';
import { afterDecay, type UpdateRule } from './rule.ts';
import { replace } from './slots.ts';

/** Adagrad: `a += g^2`, `w -= rate * g / sqrt(a + initialAccumulator + epsilon)`. */
export const adagrad: UpdateRule<AdagradSpec> = afterDecay((spec, { weight, gradient, slots: [sum], rate }) => {
  if (sum === undefined) return;
  const begin = spec.initialAccumulator + spec.epsilon;
  if (onWasm()) {
    replace([sum, weight], runForAll('AdagradStep', { weight, sum, gradient }, { rate, begin }));
    return;
  }
  sum.assign(tf.add(sum, tf.square(gradient)));
  const root = tf.sqrt(tf.add(sum, begin));
  weight.assign(tf.sub(weight, tf.div(tf.mul(gradient, rate), root)));
});
