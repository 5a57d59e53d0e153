import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { at } from '../../../core/at.ts';
import type { Operation } from '../operation.ts';
import { addressOf, newTensor } from '../tensors.ts';
import { reluGradient } from './arithmetic.ts';
import { multiply } from './multiply.ts';
import { columnSums } from './sums.ts';

/** Weighted sums, with negative ones set to 0 where `relu` is 1. x: [n, in], kernel: [in, out], bias: [out] or none. */
export const dense: Operation = {
  name: 'FusedDense',
  forward: (inputs, options) =>
    weightedSums(inputs.get('x'), inputs.get('kernel'), inputs.find('bias'), options.get('relu') === 1),
  saved: { inputs: ['x', 'kernel'], outputs: [true] },
  gradients: (dy, [x = dy, kernel = dy, y = dy], options) => {
    const sums = options.get('relu') === 1 ? reluGradient(dy, y) : dy;
    return { x: () => byInput(sums, kernel), kernel: () => byKernel(x, sums), bias: () => columnSums(sums) };
  },
};

function weightedSums(x: TensorInfo, kernel: TensorInfo, bias: TensorInfo | null, relu: boolean): Tensor {
  const [rows, depth, columns] = extents(x, kernel);
  const { tensor, address } = newTensor([rows, columns]);
  multiply({
    a: addressOf(x),
    rows: { count: rows, stride: depth * 4 },
    b: addressOf(kernel),
    columns: { count: columns, stride: 4 },
    steps: { count: depth, aStride: 4, bStride: columns * 4 },
    bias: bias && addressOf(bias),
    relu,
    c: address,
  });
  return tensor;
}

/** dy kernel^T: [n, in] */
function byInput(dy: Tensor, kernel: Tensor): Tensor {
  const { tensor, address } = newTensor([at(dy.shape, 0), at(kernel.shape, 0)]);
  const [rows, columns, depth] = extents(tensor, kernel);
  multiply({
    a: addressOf(dy),
    rows: { count: rows, stride: depth * 4 },
    b: addressOf(kernel),
    columns: { count: columns, stride: depth * 4 },
    steps: { count: depth, aStride: 4, bStride: 4 },
    bias: null,
    relu: false,
    c: address,
  });
  return tensor;
}

/** x^T dy: [in, out] */
function byKernel(x: Tensor, dy: Tensor): Tensor {
  const [depth = 0, rows = 0] = x.shape;
  const columns = at(dy.shape, 1);
  const { tensor, address } = newTensor([rows, columns]);
  multiply({
    a: addressOf(x),
    rows: { count: rows, stride: 4 },
    b: addressOf(dy),
    columns: { count: columns, stride: 4 },
    steps: { count: depth, aStride: rows * 4, bStride: columns * 4 },
    bias: null,
    relu: false,
    c: address,
  });
  return tensor;
}

function extents(x: TensorInfo, kernel: TensorInfo): readonly [number, number, number] {
  const [rows = 0] = x.shape;
  const [depth = 0, columns = 0] = kernel.shape;
  return [rows, depth, columns];
}
