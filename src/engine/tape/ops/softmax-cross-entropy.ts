import * as tf from '@tensorflow/tfjs-core';
import { scalarOf } from '../tensors.ts';
import { withGradient } from './with-gradient.ts';

/** How a batch was answered. */
export interface BatchLoss {
  /** Mean loss over the batch. */
  readonly loss: tf.Scalar;
  /** How many of the batch have their largest logit at their class; carries no gradient. */
  readonly hits: tf.Scalar;
}

/**
 * Cross-entropy of the softmax of the logits [batch, classes] against class numbers [batch] (int32), without clipping:
 * it stays exact where the softmax underflows. Gradient by the logits: `(softmax - target) / batch`. `smoothing` is the
 * share of each target that is spread over all classes, as in Keras (Szegedy et al., arXiv:1512.00567, section 7).
 * `weights` [batch]: what each sample's loss is multiplied by; the sum is divided by the batch size all the same.
 */
export function softmaxCrossEntropy(
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
  smoothing = 0,
  weights?: tf.Tensor1D,
): BatchLoss {
  const [batch] = logits.shape;
  const target = targetsOf(logits, labels, smoothing);
  const loss = withGradient<tf.Scalar>(
    [logits],
    () => {
      const logProbabilities = tf.logSoftmax(logits);
      const value = scalarOf(tf.mul(tf.sum(weighted(tf.mul(target, logProbabilities), weights)), -1 / batch));
      return { value, saved: [logProbabilities, target] };
    },
    (dy, saved) => [tf.mul(weighted(backward(saved), weights), tf.mul(dy, 1 / batch))],
  );
  return { loss, hits: hitsOf(logits, labels) };
}

/** Rows [batch, classes], each times its sample's weight. */
export function weighted(rows: tf.Tensor, weights: tf.Tensor1D | undefined): tf.Tensor {
  return weights === undefined ? rows : tf.mul(rows, tf.reshape(weights, [-1, 1]));
}

/** What each output should be: [batch, classes], a row adding up to 1. */
export function targetsOf(logits: tf.Tensor2D, labels: tf.Tensor1D, smoothing: number): tf.Tensor {
  const [, classes] = logits.shape;
  const spread = smoothing / classes;
  return tf.oneHot(labels, classes, 1 - smoothing + spread, spread, 'float32');
}

/** How many rows of logits have their largest value at their class. */
export function hitsOf(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  return scalarOf(tf.sum(tf.cast(tf.equal(tf.argMax(logits, 1), labels), 'float32')));
}

function backward([logProbabilities, target]: readonly tf.Tensor[]): tf.Tensor {
  if (!logProbabilities || !target) throw new RangeError('Cross-entropy saves two tensors.');
  return tf.sub(tf.exp(logProbabilities), target);
}
