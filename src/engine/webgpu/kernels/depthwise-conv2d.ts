import { lengthOf } from '../../step/buffer.ts';
import type { Sliding } from '../../step/images.ts';
import type { OperationOf } from '../../step/operation.ts';
import type { Dispatch } from '../dispatch.ts';
import { sumsByColumn } from './column-sums.ts';
import { perValue } from './shader.ts';
import { eachOver, eachUnder, placeOf } from './windows.ts';

/**
 * Channel `c * multiplier + j` of y is channel c of x by its filter j. x: [batch, height, width, in], kernel: [size, size, in, multiplier] ->
 * y: [..., in * multiplier]
 */
export function depthwiseConv2d({ inputs, outputs, attributes }: OperationOf<'depthwiseConv2d'>): readonly Dispatch[] {
  const { sliding } = attributes;
  const { input, output, window } = sliding;
  const { x, kernel, bias } = inputs;
  const pixel = `((image * ${input.height} + y) * ${input.width} + x0) * ${input.channels}`;
  const filter = `kernel[(tapRow * ${window.size} + tapColumn) * ${output.channels} + channel]`;
  const body = `${placeOf(output)}
  var sum = ${bias === null ? '0.0' : 'bias[channel]'};
  ${eachUnder(sliding, ['row', 'column'], `sum += x[${pixel} + channel / ${multiplierOf(sliding)}] * ${filter};`)}
  sums[i] = sum;`;
  const reads = { x, kernel, ...(bias === null ? {} : { bias }) };
  return [{ name: 'depthwise conv2d', reads, writes: { sums: outputs.y }, ...perValue(lengthOf(outputs.y), body) }];
}

/** dx: the sum over all stops over a pixel, and over the filters of its channel. dy: [..., in * multiplier] -> dx: [..., in] */
export function depthwiseConv2dInputGradient(
  operation: OperationOf<'depthwiseConv2dInputGradient'>,
): readonly Dispatch[] {
  const { inputs, outputs, attributes } = operation;
  const { sliding } = attributes;
  const { input, output, window } = sliding;
  const { size, strides, dilation } = window;
  const times = multiplierOf(sliding);
  const tap = (place: string, stop: string) => `(${place} - ${stop} * ${strides}) / ${dilation}`;
  const body = `${placeOf(input)}
  var sum = 0.0;
  ${eachOver(
    sliding,
    `let tap = ${tap('down', 'stopRow')} * ${size} + ${tap('across', 'stopColumn')};
      let stop = (image * ${output.height} + stopRow) * ${output.width} + stopColumn;
      for (var made = channel * ${times}; made < (channel + 1) * ${times}; made++) {
        sum += dy[stop * ${output.channels} + made] * kernel[tap * ${output.channels} + made];
      }`,
  )}
  dx[i] = sum;`;
  const shader = perValue(lengthOf(outputs.dx), body);
  return [{ name: 'depthwise conv2d input gradient', reads: inputs, writes: outputs, ...shader }];
}

/** dkernel: a column for each tap, channel and filter; its sum goes over the stops. -> dkernel: [size, size, in, multiplier] */
export function depthwiseConv2dKernelGradient(
  operation: OperationOf<'depthwiseConv2dKernelGradient'>,
): readonly Dispatch[] {
  const { inputs, outputs, attributes } = operation;
  const { sliding } = attributes;
  const { batch, height, width, channels } = sliding.output;
  return sumsByColumn('depthwise conv2d kernel gradient', {
    ...{ rows: batch * height * width, columns: sliding.window.size ** 2 * channels },
    reads: inputs,
    functions: underTap(sliding),
    value: `dy[row * ${channels}u + column % ${channels}u] * underTap(row, column)`,
    sums: outputs.dkernel,
  });
}

/** WGSL: the value of the input at a stop, under the tap and in the channel of a column; 0 beyond the image. */
function underTap(sliding: Sliding): string {
  const { input, output, window, padTop, padLeft } = sliding;
  const { size, strides, dilation } = window;
  return `
fn underTap(stop: u32, column: u32) -> f32 {
  let tap = column / ${output.channels}u;
  let y = i32(stop / ${output.width}u % ${output.height}u * ${strides}u + tap / ${size}u * ${dilation}u) - ${padTop};
  let x0 = i32(stop % ${output.width}u * ${strides}u + tap % ${size}u * ${dilation}u) - ${padLeft};
  if (y < 0 || x0 < 0 || y >= ${input.height} || x0 >= ${input.width}) { return 0.0; }
  let image = stop / ${output.height * output.width}u;
  let pixel = (image * ${input.height}u + u32(y)) * ${input.width}u + u32(x0);
  return x[pixel * ${input.channels}u + column % ${output.channels}u / ${multiplierOf(sliding)}u];
}`;
}

/** Filters of each channel. */
function multiplierOf({ input, output }: Sliding): number {
  return output.channels / input.channels;
}
