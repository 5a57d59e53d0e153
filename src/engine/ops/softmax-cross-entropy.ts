import * as tf from '@tensorflow/tfjs-core';
import { scalarOf } from '../tensors.ts';
import { withGradient } from './with-gradient.ts';

/** How a batch was answered. */
export interface BatchLoss {
  /** Mean cross-entropy over the batch. */
  readonly loss: tf.Scalar;
  /** How many of the batch have their largest logit at their class; carries no gradient. */
  readonly hits: tf.Scalar;
}

/**
 * Cross-entropy of the softmax of the logits [batch, classes] against class numbers [batch] (int32), without clipping:
 * it stays exact where the softmax underflows. Gradient by the logits: `(softmax - onehot) / batch`.
 */
export function softmaxCrossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): BatchLoss {
  const [batch, classes] = logits.shape;
  const target = tf.oneHot(labels, classes, 1, 0, 'float32');
  const loss = withGradient<tf.Scalar>(
    [logits],
    () => {
      const logProbabilities = tf.logSoftmax(logits);
      const value = scalarOf(tf.mul(tf.sum(tf.mul(target, logProbabilities)), -1 / batch));
      return { value, saved: [logProbabilities, target] };
    },
    (dy, saved) => [tf.mul(backward(saved), tf.mul(dy, 1 / batch))],
  );
  const hits = tf.equal(tf.argMax(logits, 1), labels);
  return { loss, hits: scalarOf(tf.sum(tf.cast(hits, 'float32'))) };
}

function backward([logProbabilities, target]: readonly tf.Tensor[]): tf.Tensor {
  if (!logProbabilities || !target) throw new RangeError('Cross-entropy saves two tensors.');
  return tf.sub(tf.exp(logProbabilities), target);
}
