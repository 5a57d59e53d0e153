import * as tf from '@tensorflow/tfjs-core';
import type { MomentumSpec } from '../../../../core/training/optimizers/momentum.ts';
import { onWasm, runForAll } from '../../../wasm/operation.ts';
import { afterDecay, type UpdateRule } from './rule.ts';
import { replace } from './slots.ts';

/** Momentum: `v = momentum * v - rate * g`, then `w += v`, or with Nesterov's look-ahead `w += momentum * v - rate * g`. */
export const momentum: UpdateRule<MomentumSpec> = afterDecay((spec, { weight, gradient, slots: [velocity], rate }) => {
  if (velocity === undefined) return;
  const { nesterov } = spec;
  if (onWasm()) {
    const numbers = { momentum: spec.momentum, rate, ahead: nesterov ? spec.momentum : 1, direct: Number(nesterov) };
    replace([velocity, weight], runForAll('MomentumStep', { weight, velocity, gradient }, numbers));
    return;
  }
  const push = tf.mul(gradient, -rate);
  velocity.assign(tf.add(tf.mul(velocity, spec.momentum), push));
  weight.assign(tf.add(weight, nesterov ? tf.add(tf.mul(velocity, spec.momentum), push) : velocity));
});
