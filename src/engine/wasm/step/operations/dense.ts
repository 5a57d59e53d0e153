import { denseByInput, denseByKernel, denseForward } from '../../kernels/dense.ts';
import { sumColumns } from '../../kernels/sums.ts';
import type { Bind } from './binding.ts';

export const dense: Bind<'dense'> = ({ recording, operation: { inputs, outputs, attributes }, at }) => {
  const bias = inputs.bias && at(inputs.bias);
  const { relu, ...extents } = attributes;
  denseForward(recording, extents, { x: at(inputs.x), kernel: at(inputs.kernel), bias, relu, y: at(outputs.y) });
};

export const denseInputGradient: Bind<'denseInputGradient'> = ({ recording, operation, at }) => {
  const { inputs, outputs, attributes } = operation;
  denseByInput(recording, attributes, { dy: at(inputs.dy), kernel: at(inputs.kernel), dx: at(outputs.dx) });
};

export const denseKernelGradient: Bind<'denseKernelGradient'> = ({ recording, operation, at }) => {
  const { inputs, outputs, attributes } = operation;
  denseByKernel(recording, attributes, { x: at(inputs.x), dy: at(inputs.dy), dkernel: at(outputs.dkernel) });
};

export const columnSums: Bind<'columnSums'> = ({ recording, operation: { inputs, outputs, attributes }, at }) =>
  sumColumns(recording, { x: at(inputs.x), sums: at(outputs.sums), ...attributes });
