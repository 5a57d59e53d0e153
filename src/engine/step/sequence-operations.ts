import type { RecurrentActivation } from '../../core/network/layers/simple-rnn.ts';
import type { Buffer } from './buffer.ts';

/** The operations of attention and of recurrent layers: see `Operations`. */
export interface SequenceOperations {
  /** Values seen as [outer, rows, columns, inner], with rows and columns exchanged: [outer, columns, rows, inner]. */
  swapAxes: { inputs: { x: Buffer }; outputs: { y: Buffer }; attributes: Axes };
  /** y = x + values, the same values for each row. x: [rows, columns], values: [columns] */
  addToRows: {
    inputs: { x: Buffer; values: Buffer };
    outputs: { y: Buffer };
    attributes: { rows: number; columns: number };
  };

  /**
   * weights[n, h, i, j] = scale sum over s of a[n, i, h, s] b[n, j, h, s]: how well place i of sample n goes with place j, in each
   * head h. a, b: [batch, places, heads, size] -> weights: [batch, heads, places, places]
   */
  headProducts: { inputs: { a: Buffer; b: Buffer }; outputs: { weights: Buffer }; attributes: Heads };
  /**
   * y[n, i, h, s] = scale sum over j of weights[n, h, i, j] x[n, j, h, s], or of weights[n, h, j, i] where `transposed`. weights:
   * [batch, heads, places, places], x and y: [batch, places, heads, size]
   */
  headMixtures: {
    inputs: { weights: Buffer; x: Buffer };
    outputs: { y: Buffer };
    attributes: Heads & { transposed: boolean };
  };

  /**
   * What a recurrent cell makes of one step of each sequence: of the sums of the inputs, those of step `step` among
   * [rows, steps, gates * units], and of the products of the state before with the recurrent kernel, [rows, gates * units], bias
   * included. Without products the state before is 0: then `bias` stands for each row of them, or 0. With a = sums + products, in
   * blocks of `units` columns:
   * - simple: state = activation(a).
   * - lstm, blocks i, f, g, o: memory = sigmoid(f) memory before + sigmoid(i) tanh(g), state = sigmoid(o) tanh(memory).
   * - gru, blocks z, r, n: n = tanh(sums_n + sigmoid(r) products_n), state = sigmoid(z) state before + (1 - sigmoid(z)) n.
   *
   * `gates`, for the gradient, [rows, blocks * units]: of an lstm sigmoid(i), sigmoid(f), tanh(g), sigmoid(o), tanh(memory); of a gru
   * sigmoid(z), sigmoid(r), n, products_n. What a cell does not have is null, and so is what is 0 before the first step.
   */
  recurrentStep: {
    inputs: {
      sums: Buffer;
      products: Buffer | null;
      bias: Buffer | null;
      state: Buffer | null;
      memory: Buffer | null;
    };
    outputs: { state: Buffer; memory: Buffer | null; gates: Buffer | null };
    attributes: Recurrent & { steps: number; step: number };
  };
  /**
   * The gradient by one step. `gates` are those of the step, of a simple cell its state; `state` and `memory` are those before it.
   * dproducts: only of a gru, otherwise the same as dsums. dstate: what comes to the state before except through the products, only of
   * a gru. dmemory, in and out: only of an lstm; null where it is 0 or not needed. dsums, dproducts: [rows, gates * units]
   */
  recurrentStepGradient: {
    inputs: {
      dstate: Buffer;
      dmemory: Buffer | null;
      gates: Buffer;
      state: Buffer | null;
      memory: Buffer | null;
    };
    outputs: { dsums: Buffer; dproducts: Buffer | null; dstate: Buffer | null; dmemory: Buffer | null };
    attributes: Recurrent;
  };
}

interface Axes {
  readonly outer: number;
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
}

/** Sequences of places whose numbers are divided into heads, and what sums are multiplied by. */
interface Heads {
  readonly batch: number;
  readonly places: number;
  readonly heads: number;
  readonly size: number;
  readonly scale: number;
}

/** The kinds of recurrent cells. */
export type CellSpec =
  | { readonly kind: 'simple'; readonly activation: RecurrentActivation }
  | { readonly kind: 'lstm' }
  | { readonly kind: 'gru' };

interface Recurrent {
  readonly cell: CellSpec;
  /** Sequences. */
  readonly rows: number;
  readonly units: number;
}
