import * as tf from '@tensorflow/tfjs-core';
import type { RecurrentActivation } from '../../../core/network/layers/simple-rnn.ts';
import { matrixOf, vectorOf } from '../tensors.ts';
import { activate } from './activate.ts';
import { dense } from './dense.ts';

/** The weights of one direction: [features, gates * units], [units, gates * units], and the bias of the cell. */
export interface RecurrentWeights {
  readonly kernel: tf.Tensor2D;
  readonly recurrentKernel: tf.Tensor2D;
  readonly bias: tf.Tensor;
}

/** What a cell remembers from step to step: its output first, and in an LSTM the memory behind it: [batch, units] each. */
export type State = readonly [tf.Tensor2D, ...tf.Tensor2D[]];

/** One kind of recurrent cell. */
export interface Cell {
  /** How many tensors its state has. */
  readonly memories: number;
  /** The share of the bias that is added to the sums of the inputs, and that of the products with the state, if any: [gates * units]. */
  biases(bias: tf.Tensor): readonly [input: tf.Tensor1D, state: tf.Tensor1D | null];
  /** The next state, from the sums of this step's inputs, the products with the state, both [batch, gates * units], and the state. */
  step(sums: tf.Tensor2D, products: tf.Tensor2D, state: State): State;
}

/** How a sequence is read. */
export interface SequenceOptions {
  /** From the last step to the first. */
  readonly backwards: boolean;
  readonly returnSequences: boolean;
}

/**
 * Reads sequences [batch, steps, features] step by step from a state of zeros. Gives the output of the last step that was
 * read, [batch, units], or those of all steps in the order of the sequence, [batch, steps, units]. Gradients by all inputs.
 */
export function recur(cell: Cell, x: tf.Tensor3D, weights: RecurrentWeights, options: SequenceOptions): tf.Tensor {
  const [batch, steps, features] = x.shape;
  const units = weights.recurrentKernel.shape[0];
  const [inputBias, stateBias] = cell.biases(weights.bias);
  // All products with the inputs at once: they need no state.
  const sums = dense(tf.reshape(x, [batch * steps, features]), weights.kernel, inputBias, 'linear');
  // tfjs' unstack has no gradient for a single step.
  const bySteps = steps === 1 ? [sums] : tf.unstack(tf.reshape(sums, [batch, steps, -1]), 1).map(matrixOf);
  const zeros = (): tf.Tensor2D => tf.zeros([batch, units]);
  let state: State = [zeros(), ...Array.from({ length: cell.memories - 1 }, zeros)];
  const outputs = (options.backwards ? bySteps.toReversed() : bySteps).map((step) => {
    state = cell.step(step, dense(state[0], weights.recurrentKernel, stateBias, 'linear'), state);
    return state[0];
  });
  if (!options.returnSequences) return state[0];
  return tf.stack(options.backwards ? outputs.toReversed() : outputs, 1);
}

/** `activation(x W + h U + b)`. */
export function simpleCell(activation: RecurrentActivation): Cell {
  return {
    memories: 1,
    biases: (bias) => [vectorOf(bias), null],
    step: (sums, products) => [activate(tf.add(sums, products), activation)],
  };
}

/** Gates in the order of Keras: input, forget, candidate, output. */
export const LSTM_CELL: Cell = {
  memories: 2,
  biases: (bias) => [vectorOf(bias), null],
  step: (sums, products, [h, memory = h]) => {
    const gates: tf.Tensor2D = tf.add(sums, products);
    const [input = gates, forget = gates, candidate = gates, output = gates] = tf.split(gates, 4, 1);
    const kept = tf.mul(tf.sigmoid(forget), memory);
    const next: tf.Tensor2D = tf.add(kept, tf.mul(tf.sigmoid(input), tf.tanh(candidate)));
    return [tf.mul(tf.sigmoid(output), tf.tanh(next)), next];
  },
};

/** Gates in the order of Keras: update, reset, candidate. The reset acts after the product, which has a bias of its own. */
export const GRU_CELL: Cell = {
  memories: 1,
  biases: (bias) => [row(bias, 0), row(bias, 1)],
  step: (sums, products, [h]) => {
    const [update = sums, reset = sums, candidate = sums] = tf.split(sums, 3, 1);
    const [oldUpdate = h, oldReset = h, oldCandidate = h] = tf.split(products, 3, 1);
    const kept: tf.Tensor2D = tf.sigmoid(tf.add(update, oldUpdate));
    const past = tf.mul(tf.sigmoid(tf.add(reset, oldReset)), oldCandidate);
    const fresh = tf.tanh(tf.add(candidate, past));
    return [tf.add(tf.mul(kept, h), tf.mul(tf.sub(1, kept), fresh))];
  },
};

/** One row of a matrix: [n, width] to [width]. */
function row(matrix: tf.Tensor, index: number): tf.Tensor1D {
  const [, width = 0] = matrix.shape;
  return tf.reshape(tf.slice(matrix, [index, 0], [1, width]), [width]);
}
