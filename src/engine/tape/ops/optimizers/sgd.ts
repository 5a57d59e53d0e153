import * as tf from '@tensorflow/tfjs-core';
import type { SgdSpec } from '../../../../core/training/optimizers/sgd.ts';
import { onWasm, runForAll } from '../../../wasm/operation.ts';
import { afterDecay, type UpdateRule } from './rule.ts';
import { replace } from './slots.ts';

/** Gradient descent: `w -= rate * g`. */
export const sgd: UpdateRule<SgdSpec> = afterDecay((_spec, { weight, gradient, rate }) => {
  if (onWasm()) replace([weight], runForAll('DescentStep', { weight, gradient }, { rate }));
  else weight.assign(tf.add(weight, tf.mul(gradient, -rate)));
});
