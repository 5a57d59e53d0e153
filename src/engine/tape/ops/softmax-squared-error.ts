import * as tf from '@tensorflow/tfjs-core';
import { scalarOf } from '../tensors.ts';
import { type BatchLoss, hitsOf, targetsOf, weighted } from './softmax-cross-entropy.ts';
import { withGradient } from './with-gradient.ts';

/**
 * Mean squared error of the softmax p of the logits [batch, classes] against class numbers [batch] (int32): the mean of
 * `(p - target)^2` over classes and batch, as Keras has it. Gradient by the logits:
 * `2 p (d - sum(d p)) / (batch classes)` with `d = p - target`. `smoothing` and `weights` as for cross-entropy.
 */
export function softmaxSquaredError(
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
  smoothing = 0,
  weights?: tf.Tensor1D,
): BatchLoss {
  const loss = withGradient<tf.Scalar>(
    [logits],
    () => {
      const probabilities = tf.softmax(logits);
      const differences = tf.sub(probabilities, targetsOf(logits, labels, smoothing));
      return {
        value: scalarOf(tf.mean(weighted(tf.square(differences), weights))),
        saved: [probabilities, differences],
      };
    },
    (dy, saved) => [tf.mul(weighted(backward(saved), weights), tf.mul(dy, 2 / logits.size))],
  );
  return { loss, hits: hitsOf(logits, labels) };
}

function backward([probabilities, differences]: readonly tf.Tensor[]): tf.Tensor {
  if (!probabilities || !differences) throw new RangeError('The squared error saves two tensors.');
  const common = tf.sum(tf.mul(differences, probabilities), 1, true);
  return tf.mul(probabilities, tf.sub(differences, common));
}
