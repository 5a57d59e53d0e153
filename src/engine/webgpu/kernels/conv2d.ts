import type { Sliding } from '../../step/images.ts';
import type { OperationOf } from '../../step/operation.ts';
import type { Dispatch } from '../dispatch.ts';
import { product } from './product.ts';

/*
 * Convolutions are matrix products whose factors are looked up in images as they are needed (implicit GEMM): a row is a pixel,
 * the depth goes through the taps of the window and their channels. Nothing is unrolled into memory.
 */

/** y: a row a stop of the window. x: [batch, height, width, in], kernel: [size, size, in, filters] -> y: [..., filters] */
export function conv2d({ inputs, outputs, attributes }: OperationOf<'conv2d'>): readonly Dispatch[] {
  const { sliding, relu } = attributes;
  const { output } = sliding;
  return product({
    name: 'conv2d',
    rows: pixelsOf(output),
    columns: output.channels,
    depth: rowsOfKernel(sliding),
    a: { value: inputUnderTap(sliding, 'row', 'k'), along: 'depth' },
    b: { value: `return kernel[k * ${output.channels}u + column];`, along: 'side' },
    reads: { x: inputs.x, kernel: inputs.kernel },
    ...{ bias: inputs.bias, relu, output: outputs.y },
  });
}

/** dx: a row a pixel of the input; the depth goes through taps and filters. dy: [..., filters] -> dx: [..., in] */
export function conv2dInputGradient(operation: OperationOf<'conv2dInputGradient'>): readonly Dispatch[] {
  const { sliding } = operation.attributes;
  const { input, output, window } = sliding;
  const filters = output.channels;
  return product({
    name: 'conv2d input gradient',
    rows: pixelsOf(input),
    columns: input.channels,
    depth: window.size ** 2 * filters,
    a: { value: outputOverPixel(sliding), along: 'depth' },
    b: {
      value: `return kernel[(k / ${filters}u * ${input.channels}u + column) * ${filters}u + k % ${filters}u];`,
      along: 'depth',
    },
    reads: operation.inputs,
    output: operation.outputs.dx,
  });
}

/** dkernel: a row a tap and channel; the depth goes through the stops. x: [..., in], dy: [..., filters] -> dkernel: [size, size, in, filters] */
export function conv2dKernelGradient(operation: OperationOf<'conv2dKernelGradient'>): readonly Dispatch[] {
  const { sliding } = operation.attributes;
  const { output } = sliding;
  return product({
    name: 'conv2d kernel gradient',
    rows: rowsOfKernel(sliding),
    columns: output.channels,
    depth: pixelsOf(output),
    a: { value: inputUnderTap(sliding, 'k', 'row'), along: 'side' },
    b: { value: `return dy[k * ${output.channels}u + column];`, along: 'side' },
    reads: operation.inputs,
    output: operation.outputs.dkernel,
  });
}

function pixelsOf({ batch, height, width }: Sliding['input']): number {
  return batch * height * width;
}

function rowsOfKernel({ input, window }: Sliding): number {
  return window.size ** 2 * input.channels;
}

/** WGSL: the value of the input at a stop of the window, under a tap and in a channel; 0 beyond the image. */
function inputUnderTap({ input, output, window, padTop, padLeft }: Sliding, stop: string, tap: string): string {
  const { size, strides, dilation } = window;
  return `
  let cell = ${tap} / ${input.channels}u;
  let y = i32(${stop} / ${output.width}u % ${output.height}u * ${strides}u + cell / ${size}u * ${dilation}u) - ${padTop};
  let x0 = i32(${stop} % ${output.width}u * ${strides}u + cell % ${size}u * ${dilation}u) - ${padLeft};
  if (y < 0 || x0 < 0 || y >= ${input.height} || x0 >= ${input.width}) { return 0.0; }
  let image = ${stop} / ${output.height * output.width}u;
  return x[((image * ${input.height}u + u32(y)) * ${input.width}u + u32(x0)) * ${input.channels}u + ${tap} % ${input.channels}u];`;
}

/** WGSL: the gradient at the stop whose tap lies over an input's pixel, by a filter; 0 where there is no such stop. */
function outputOverPixel({ input, output, window, padTop, padLeft }: Sliding): string {
  const { size, strides, dilation } = window;
  return `
  let cell = k / ${output.channels}u;
  let y = i32(row / ${input.width}u % ${input.height}u) + ${padTop} - i32(cell / ${size}u * ${dilation}u);
  let x = i32(row % ${input.width}u) + ${padLeft} - i32(cell % ${size}u * ${dilation}u);
  if (y < 0 || x < 0 || y % ${strides} != 0 || x % ${strides} != 0) { return 0.0; }
  let stop = vec2u(u32(y) / ${strides}u, u32(x) / ${strides}u);
  if (stop.x >= ${output.height}u || stop.y >= ${output.width}u) { return 0.0; }
  let image = row / ${input.height * input.width}u;
  return dy[((image * ${output.height}u + stop.x) * ${output.width}u + stop.y) * ${output.channels}u + k % ${output.channels}u];`;
}
