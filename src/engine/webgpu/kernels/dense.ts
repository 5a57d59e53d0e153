import type { OperationOf } from '../../step/operation.ts';
import type { Dispatch } from '../dispatch.ts';
import { product } from './product.ts';

/** y = x kernel + bias. x: [rows, inputs], kernel: [inputs, units] -> y: [rows, units] */
export function dense({ inputs, outputs, attributes }: OperationOf<'dense'>): readonly Dispatch[] {
  const { rows, inputs: depth, units, relu } = attributes;
  return product({
    name: 'dense',
    ...{ rows, columns: units, depth },
    a: { value: `return x[row * ${depth}u + k];`, along: 'depth' },
    b: { value: `return kernel[k * ${units}u + column];`, along: 'side' },
    reads: { x: inputs.x, kernel: inputs.kernel },
    ...{ bias: inputs.bias, relu, output: outputs.y },
  });
}

/** dx = dy kernel^T. dy: [rows, units] -> dx: [rows, inputs] */
export function denseInputGradient(operation: OperationOf<'denseInputGradient'>): readonly Dispatch[] {
  const { rows, inputs, units } = operation.attributes;
  return product({
    name: 'dense input gradient',
    ...{ rows, columns: inputs, depth: units },
    a: { value: `return dy[row * ${units}u + k];`, along: 'depth' },
    b: { value: `return kernel[column * ${units}u + k];`, along: 'depth' },
    reads: operation.inputs,
    output: operation.outputs.dx,
  });
}

/** dkernel = x^T dy. x: [rows, inputs], dy: [rows, units] -> dkernel: [inputs, units] */
export function denseKernelGradient(operation: OperationOf<'denseKernelGradient'>): readonly Dispatch[] {
  const { rows, inputs, units } = operation.attributes;
  return product({
    name: 'dense kernel gradient',
    ...{ rows: inputs, columns: units, depth: rows },
    a: { value: `return x[k * ${inputs}u + row];`, along: 'side' },
    b: { value: `return dy[k * ${units}u + column];`, along: 'side' },
    reads: operation.inputs,
    output: operation.outputs.dkernel,
  });
}
