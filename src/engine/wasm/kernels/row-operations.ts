import type { TensorInfo } from '@tensorflow/tfjs-core';
import { last } from '../../../core/at.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import type { Machine } from '../machine.ts';
import type { Operation } from '../operation.ts';
import { addressOf, newTensor, wasmBackend } from '../tensors.ts';
import { rowsPerChunk } from './channels.ts';
import {
  ROW_NORMALIZATION,
  ROW_NORMALIZATION_GRADIENT,
  ROW_SOFTMAX,
  ROW_SOFTMAX_GRADIENT,
  rowScratchBytes,
} from './row-kernels.ts';
import { columnSums } from './sums.ts';

/** Softmax along the last axis. x: [..., columns]. Gradient by x. */
export const rowSoftmax: Operation = {
  name: 'RowSoftmax',
  forward: (inputs) => {
    const x = inputs.get('x');
    const { tensor, address } = newTensor(x.shape);
    softmaxForward(wasmBackend().machine, matrixIn(x), { x: addressOf(x), y: address });
    return tensor;
  },
  saved: { inputs: [], outputs: [true] },
  gradients: (dy, [y = dy]) => ({
    x: () => {
      const { tensor, address } = newTensor(y.shape);
      const places = { y: addressOf(y), dy: addressOf(dy), dx: address };
      softmaxGradient(wasmBackend().machine, matrixIn(y), places);
      return tensor;
    },
  }),
};

/** Normalisation along the last axis. x: [..., columns], gamma, beta: [columns]. Option: epsilon. */
export const rowNormalization: Operation = {
  name: 'NormalizeByPlace',
  forward: (inputs, options) => {
    const x = inputs.get('x');
    const { tensor, address } = newTensor(x.shape);
    const lists = { gamma: addressOf(inputs.get('gamma')), beta: addressOf(inputs.get('beta')) };
    const shape = { ...matrixIn(x), epsilon: options.get('epsilon') };
    rowsForward(wasmBackend().machine, shape, { x: addressOf(x), y: address, ...lists });
    return tensor;
  },
  saved: { inputs: ['x', 'gamma'], outputs: [] },
  gradients: (dy, [x = dy, gamma = dy], options) => {
    const [dx, scaled] = [newTensor(x.shape), newTensor(x.shape)];
    const inputs = { x: addressOf(x), dy: addressOf(dy), gamma: addressOf(gamma) };
    const shape = { ...matrixIn(x), epsilon: options.get('epsilon') };
    rowsGradient(wasmBackend().machine, shape, { ...inputs, dx: dx.address, scaled: scaled.address });
    return { x: () => dx.tensor, gamma: () => columnSums(scaled.tensor), beta: () => columnSums(dy) };
  },
};

interface Matrix {
  readonly rows: number;
  readonly columns: number;
}

/** The softmax of each row of a matrix in memory. */
export function softmaxForward(machine: Machine, matrix: Matrix, places: Readonly<Record<'x' | 'y', number>>): void {
  withRows(machine, matrix, (chunks, rows) => machine.run(ROW_SOFTMAX, chunks, { ...places, ...rows }));
}

/** The gradient by what went into the softmax. */
export function softmaxGradient(
  machine: Machine,
  matrix: Matrix,
  places: Readonly<Record<'y' | 'dy' | 'dx', number>>,
): void {
  withRows(machine, matrix, (chunks, rows) => machine.run(ROW_SOFTMAX_GRADIENT, chunks, { ...places, ...rows }));
}

/** A matrix whose rows are normalised. */
export interface RowNormalization extends Matrix {
  readonly epsilon: number;
}

/** Normalises the rows of a matrix in memory. */
export function rowsForward(
  machine: Machine,
  { epsilon, ...matrix }: RowNormalization,
  places: Readonly<Record<'x' | 'y' | 'gamma' | 'beta', number>>,
): void {
  withRows(machine, matrix, (chunks, rows) => machine.run(ROW_NORMALIZATION, chunks, { ...places, epsilon, ...rows }));
}

/** The gradient by x, and dy times the normalised values. */
export function rowsGradient(
  machine: Machine,
  { epsilon, ...matrix }: RowNormalization,
  places: Readonly<Record<'x' | 'dy' | 'gamma' | 'dx' | 'scaled', number>>,
): void {
  withRows(machine, matrix, (chunks, rows) =>
    machine.run(ROW_NORMALIZATION_GRADIENT, chunks, { ...places, epsilon, ...rows }),
  );
}

interface Rows extends Matrix {
  readonly each: number;
  readonly scratch: number;
  readonly scratchBytes: number;
}

/** Calls `use` with what kernels need to go through a matrix row by row. */
function withRows(machine: Machine, { rows, columns }: Matrix, use: (chunks: number, rows: Rows) => void): void {
  const each = rowsPerChunk(columns);
  const scratchBytes = rowScratchBytes(columns);
  machine.withScratch(machine.threads * scratchBytes, (scratch) =>
    use(Math.ceil(rows / each), { rows, each, columns, scratch, scratchBytes }),
  );
}

function matrixIn({ shape }: TensorInfo): Matrix {
  const columns = last(shape);
  return { rows: sizeOf(shape) / columns, columns };
}
