import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from '../../../core/network/activations.ts';
import { onWasm, runOperation } from '../../wasm/operation.ts';
import { matrixOf } from '../tensors.ts';
import { activate } from './activate.ts';

/**
 * Weighted sums with bias and activation. x: [batch, in], kernel: [in, out], bias: [out] or none; gives [batch, out].
 * Gradients by x, kernel and bias.
 */
export function dense(
  x: tf.Tensor2D,
  kernel: tf.Tensor2D,
  bias: tf.Tensor1D | null,
  activation: Activation,
): tf.Tensor2D {
  if (onWasm()) {
    const relu = activation === 'relu';
    const sums = matrixOf(runOperation('FusedDense', { x, kernel, bias }, { relu: Number(relu) }));
    return relu ? sums : activate(sums, activation);
  }
  const sums: tf.Tensor2D = tf.matMul(x, kernel);
  return activate(bias === null ? sums : tf.add(sums, bias), activation);
}
