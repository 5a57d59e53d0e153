import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { last } from '../../../core/at.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import type { Operation } from '../operation.ts';
import { addressOf, newTensor, wasmBackend, withScratch } from '../tensors.ts';
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
    withRows(x, (chunks, rows) =>
      wasmBackend().processor.run(ROW_SOFTMAX, chunks, { x: addressOf(x), y: address, ...rows }),
    );
    return tensor;
  },
  saved: { inputs: [], outputs: [true] },
  gradients: (dy, [y = dy]) => ({
    x: () => {
      const { tensor, address } = newTensor(y.shape);
      const matrices = { y: addressOf(y), dy: addressOf(dy), dx: address };
      withRows(y, (chunks, rows) =>
        wasmBackend().processor.run(ROW_SOFTMAX_GRADIENT, chunks, { ...matrices, ...rows }),
      );
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
    const values = { x: addressOf(x), y: address, epsilon: options.get('epsilon'), ...lists };
    withRows(x, (chunks, rows) => wasmBackend().processor.run(ROW_NORMALIZATION, chunks, { ...values, ...rows }));
    return tensor;
  },
  saved: { inputs: ['x', 'gamma'], outputs: [] },
  gradients: (dy, [x = dy, gamma = dy], options) => {
    const { dx, scaled } = normalizationGradients(dy, x, gamma, options.get('epsilon'));
    return { x: () => dx, gamma: () => columnSums(scaled), beta: () => columnSums(dy) };
  },
};

function normalizationGradients(dy: Tensor, x: Tensor, gamma: Tensor, epsilon: number) {
  const [dx, scaled] = [newTensor(x.shape), newTensor(x.shape)];
  const inputs = { x: addressOf(x), dy: addressOf(dy), gamma: addressOf(gamma) };
  const values = { ...inputs, dx: dx.address, scaled: scaled.address, epsilon };
  withRows(x, (chunks, rows) =>
    wasmBackend().processor.run(ROW_NORMALIZATION_GRADIENT, chunks, { ...values, ...rows }),
  );
  return { dx: dx.tensor, scaled: scaled.tensor };
}

interface Rows {
  readonly rows: number;
  readonly each: number;
  readonly columns: number;
  readonly scratch: number;
  readonly scratchBytes: number;
}

/** Calls `use` with what kernels need to go through a tensor row by row. */
function withRows({ shape }: TensorInfo, use: (chunks: number, rows: Rows) => void): void {
  const columns = last(shape);
  const rows = sizeOf(shape) / columns;
  const each = rowsPerChunk(columns);
  const scratchBytes = rowScratchBytes(columns);
  withScratch(wasmBackend().processor.threads * scratchBytes, (scratch) =>
    use(Math.ceil(rows / each), { rows, each, columns, scratch, scratchBytes }),
  );
}
