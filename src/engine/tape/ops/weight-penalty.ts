import * as tf from '@tensorflow/tfjs-core';
import { scalarOf } from '../tensors.ts';
import { withGradient } from './with-gradient.ts';

/** `l1 * sum(|w|) + l2 * sum(w^2)`, as Keras adds it to the loss. Gradient: `l1 * sign(w) + 2 * l2 * w`. */
export function weightPenalty(weight: tf.Tensor, l1: number, l2: number): tf.Scalar {
  return withGradient<tf.Scalar>(
    [weight],
    () => ({
      value: scalarOf(tf.add(tf.mul(tf.sum(tf.abs(weight)), l1), tf.mul(tf.sum(tf.square(weight)), l2))),
      saved: [weight],
    }),
    (dy, [w = weight]) => [tf.mul(tf.add(tf.mul(tf.sign(w), l1), tf.mul(w, 2 * l2)), dy)],
  );
}
