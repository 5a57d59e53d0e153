import * as tf from '@tensorflow/tfjs-core';
import { onWasm, runOperation } from '../../wasm/operation.ts';

/** Adds the same values to each sample. x: [batch, ...shape], values: [...shape]. Gradients by both. */
export function addToEach(x: tf.Tensor, values: tf.Tensor): tf.Tensor {
  return onWasm() ? runOperation('AddToEach', { x, values }) : tf.add(x, values);
}
