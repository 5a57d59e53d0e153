import type { TensorInfo } from '@tensorflow/tfjs-core';
import { at, last } from '../../../core/at.ts';
import type { Operation } from '../operation.ts';
import { addressOf, newTensor, wasmBackend } from '../tensors.ts';
import { onCpu } from './arithmetic.ts';
import { multiply } from './multiply.ts';

/** tfjs' matrix product, either factor transposed or not; stacks of matrices are left to tfjs. */
export const matrixProduct: Operation = {
  name: 'BatchMatMul',
  forward: (inputs, options) => {
    const [a, b] = [inputs.get('a'), inputs.get('b')];
    if (!isMatrix(a) || !isMatrix(b) || a.shape.length !== b.shape.length) return onCpu('BatchMatMul', inputs, options);
    const [left, right] = [sidesOf(a, options.flag('transposeA')), sidesOf(b, options.flag('transposeB'))];
    const { tensor, address } = newTensor([...a.shape.slice(0, -2), left.rows.count, right.columns.count]);
    multiply(wasmBackend().machine, {
      a: addressOf(a),
      rows: left.rows,
      b: addressOf(b),
      columns: right.columns,
      steps: { count: left.columns.count, aStride: left.columns.stride, bStride: right.rows.stride },
      bias: null,
      relu: false,
      c: address,
    });
    return tensor;
  },
};

/** Whether a tensor is one matrix of floats, whatever axes of extent 1 stand before it. */
function isMatrix({ shape, dtype }: TensorInfo): boolean {
  return dtype === 'float32' && shape.length >= 2 && shape.slice(0, -2).every((extent) => extent === 1);
}

/** The strides of the rows and columns of a matrix, transposed or not. */
function sidesOf({ shape }: TensorInfo, turned: boolean) {
  const [height, width] = [at(shape, shape.length - 2), last(shape)];
  const down = { count: height, stride: width * 4 };
  const along = { count: width, stride: 4 };
  return turned ? { rows: along, columns: down } : { rows: down, columns: along };
}
