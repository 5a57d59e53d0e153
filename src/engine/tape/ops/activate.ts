import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from '../../../core/network/activations.ts';
import { onWasm, runOnValues } from '../../wasm/operation.ts';

/** The slope that Keras gives `leaky_relu` below zero. */
const LEAKY_SLOPE = 0.2;

/** Applies an activation function to each value; `softmax` to each row of the last axis. Definitions as in Keras 3. */
export function activate<T extends tf.Tensor>(x: T, activation: Activation): T {
  switch (activation) {
    case 'linear':
      return x;
    case 'relu':
      return tf.relu(x);
    case 'leakyRelu':
      return tf.leakyRelu(x, LEAKY_SLOPE);
    case 'elu':
      return tf.elu(x);
    case 'selu':
      return tf.selu(x);
    case 'gelu':
      if (onWasm()) return runOnValues('Gelu', x);
      // The exact one (Hendrycks and Gimpel, arXiv:1606.08415), not the approximation by tanh.
      return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
    case 'swish':
      return tf.mul(x, tf.sigmoid(x));
    case 'sigmoid':
      return tf.sigmoid(x);
    case 'tanh':
      return tf.tanh(x);
    case 'softplus':
      return tf.softplus(x);
    case 'softmax':
      return onWasm() ? runOnValues('RowSoftmax', x) : tf.softmax(x);
    default:
      return activation satisfies never;
  }
}
