import * as tf from '@tensorflow/tfjs-core';
import { type MuonSpec, matrixScale, NEWTON_SCHULZ } from '../../../../core/training/optimizers/muon.ts';
import { adam } from './adam.ts';
import type { UpdateRule } from './rule.ts';

/**
 * Muon: a kernel moves by `m = momentum * m + g`, with Nesterov's look-ahead by `g + momentum * m`, as a nearly orthogonal matrix;
 * every other weight as by Adam. Weight decay comes first.
 */
export const muon: UpdateRule<MuonSpec> = (spec, move) => {
  const { weight, gradient, slots, isMatrix, learningRate, keep } = move;
  const [velocity] = slots;
  if (!isMatrix || velocity === undefined) {
    adam(spec, move);
    return;
  }
  velocity.assign(tf.add(tf.mul(velocity, spec.momentum), gradient));
  const ahead = spec.nesterov ? tf.add(gradient, tf.mul(velocity, spec.momentum)) : velocity;
  const columns = weight.shape.at(-1) ?? 1;
  const matrix = orthogonal(tf.reshape(ahead, [-1, columns]));
  const push = tf.mul(matrix, learningRate * matrixScale(weight.size / columns, columns));
  weight.assign(tf.sub(keep === 1 ? weight : tf.mul(weight, keep), tf.reshape(push, weight.shape)));
};

/** A matrix with the same singular vectors, whose singular values are about 1, by Newton-Schulz steps. */
function orthogonal(matrix: tf.Tensor2D): tf.Tensor2D {
  const { a, b, c, steps, epsilon } = NEWTON_SCHULZ;
  const [rows, columns] = matrix.shape;
  const isTall = rows > columns;
  let x: tf.Tensor2D = tf.div(matrix, tf.add(tf.sqrt(tf.sum(tf.square(matrix))), epsilon));
  for (let step = 0; step < steps; step++) {
    // The smaller of the two products of the matrix with itself.
    const gram: tf.Tensor2D = tf.matMul(x, x, isTall, !isTall);
    const factor: tf.Tensor2D = tf.add(tf.mul(gram, b), tf.mul(tf.matMul(gram, gram), c));
    x = tf.add(tf.mul(x, a), isTall ? tf.matMul(x, factor) : tf.matMul(factor, x));
  }
  return x;
}
