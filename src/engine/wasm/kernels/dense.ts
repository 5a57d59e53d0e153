import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { at } from '../../../core/at.ts';
import type { Machine } from '../machine.ts';
import type { Operation } from '../operation.ts';
import { addressOf, newTensor, wasmBackend } from '../tensors.ts';
import { reluGradient } from './arithmetic.ts';
import { multiply, withPacked } from './multiply.ts';
import { PANEL_ROW } from './pack.ts';
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

/** A product of x [rows, inputs] and a kernel [inputs, units] in memory. */
interface Extents {
  readonly rows: number;
  readonly inputs: number;
  readonly units: number;
}

/** y = x kernel + bias: [rows, units] */
export function denseForward(
  machine: Machine,
  { rows, inputs, units }: Extents,
  at: { readonly x: number; readonly kernel: number; readonly bias: number | null; readonly relu: boolean; y: number },
): void {
  multiply(machine, {
    a: at.x,
    rows: { count: rows, stride: inputs * 4 },
    b: at.kernel,
    columns: { count: units, stride: 4 },
    steps: { count: inputs, aStride: 4, bStride: units * 4 },
    bias: at.bias,
    relu: at.relu,
    c: at.y,
  });
}

/** dx = dy kernel^T: [rows, inputs] */
export function denseByInput(
  machine: Machine,
  { rows, inputs, units }: Extents,
  at: Readonly<Record<'dy' | 'kernel' | 'dx', number>>,
): void {
  multiply(machine, {
    a: at.dy,
    rows: { count: rows, stride: units * 4 },
    b: at.kernel,
    columns: { count: inputs, stride: units * 4 },
    steps: { count: units, aStride: 4, bStride: 4 },
    bias: null,
    relu: false,
    c: at.dx,
  });
}

/** dkernel = x^T dy: [inputs, units]. From panels of x: images of x lie so far apart that their values at an input would not stay in the cache. */
export function denseByKernel(
  machine: Machine,
  { rows, inputs, units }: Extents,
  at: Readonly<Record<'x' | 'dy' | 'dkernel', number>>,
): void {
  const columns = { count: inputs, stride: 4 };
  withPacked(machine, { source: at.x, taps: 1, tapStride: 0, depth: rows, depthStride: inputs * 4, columns }, (a) =>
    multiply(machine, {
      a,
      rows: { count: inputs, panelBytes: rows * PANEL_ROW },
      b: at.dy,
      columns: { count: units, stride: 4 },
      steps: { count: rows, aStride: PANEL_ROW, bStride: units * 4 },
      bias: null,
      relu: false,
      c: at.dkernel,
    }),
  );
}

function weightedSums(x: TensorInfo, kernel: TensorInfo, bias: TensorInfo | null, relu: boolean): Tensor {
  const [rows, inputs, units] = [at(x.shape, 0), at(kernel.shape, 0), at(kernel.shape, 1)];
  const { tensor, address } = newTensor([rows, units]);
  const places = { x: addressOf(x), kernel: addressOf(kernel), bias: bias && addressOf(bias), relu, y: address };
  denseForward(wasmBackend().machine, { rows, inputs, units }, places);
  return tensor;
}

function byInput(dy: Tensor, kernel: Tensor): Tensor {
  const [rows, inputs, units] = [at(dy.shape, 0), at(kernel.shape, 0), at(kernel.shape, 1)];
  const { tensor, address } = newTensor([rows, inputs]);
  const places = { dy: addressOf(dy), kernel: addressOf(kernel), dx: address };
  denseByInput(wasmBackend().machine, { rows, inputs, units }, places);
  return tensor;
}

function byKernel(x: Tensor, dy: Tensor): Tensor {
  const [rows, inputs, units] = [at(x.shape, 0), at(x.shape, 1), at(dy.shape, 1)];
  const { tensor, address } = newTensor([inputs, units]);
  const places = { x: addressOf(x), dy: addressOf(dy), dkernel: address };
  denseByKernel(wasmBackend().machine, { rows, inputs, units }, places);
  return tensor;
}
