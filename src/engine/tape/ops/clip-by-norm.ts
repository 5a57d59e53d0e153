import * as tf from '@tensorflow/tfjs-core';

/**
 * Gradients shortened together, so that all of them as one vector are at most `norm` long (Pascanu, Mikolov and Bengio,
 * arXiv:1211.5063; Keras' `global_clipnorm`): each times `norm / max(length, norm)`. Their direction stays.
 */
export function clipByNorm(gradients: readonly tf.Tensor[], norm: number): readonly tf.Tensor[] {
  const squares = gradients.map((gradient) => tf.sum(tf.square(gradient)));
  const length = tf.sqrt(tf.addN(squares));
  const factor = tf.div(norm, tf.maximum(length, norm));
  return gradients.map((gradient) => tf.mul(gradient, factor));
}
