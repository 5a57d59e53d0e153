import { decode, type Kernel, laneMask, repeat } from '../kernel.ts';
import { extentOf, type ImageLayout } from '../layout.ts';
import { activateFunction, type FusedActivation } from './activations.ts';
import type { ConvShape, WeightLayout } from './conv-shape.ts';
import { type PartialLayout, rowsInOrder } from './partial.ts';
import { overResults, overTaps, texelAt } from './pixel.ts';

/** GLSL: the channels of a pixel of x that the output channels of group c are made of. */
function inputsOf({ input, output }: ConvShape, x: string, row: string): string {
  const multiplier = output.channels / input.channels;
  if (multiplier === 1) return texelAt('x', input, x, row);
  const lane = (j: number) => {
    const channel = `min((4 * c + ${j}) / ${multiplier}, ${input.channels - 1})`;
    return `${texelAt('x', input, x, row, `(${channel} / 4)`)}[${channel} % 4]`;
  };
  return `vec4(${repeat(4, lane, ', ')})`;
}

/**
 * y = activate(each channel by its own filters + b). x: [batch, h, w, in], w: weights [taps + 1, filters] -> the output of one way
 */
export function depthwise(shape: ConvShape, weights: WeightLayout, activation: FusedActivation): Kernel {
  const { input, output, window } = shape;
  const { width, height } = extentOf(output);
  const visit = `sum += ${inputsOf(shape, 'ix', `n * ${input.height} + iy`)} * texelFetch(w, ivec3(c, ky * ${window.size} + kx, 0), 0);`;
  const body = `
${activateFunction(activation)}
void main() {
  ${decode(output)}
  vec4 sum = ${weights.bias ? `texelFetch(w, ivec3(c, ${weights.biasRow}, 0), 0)` : 'vec4(0.0)'};
  ${overTaps(shape, visit)}
  o0 = activate(sum) * ${laneMask(output.channels, 'c')};
}`;
  return { name: 'depthwise', body, inputs: { x: 'rgba32f', w: 'rgba32f' }, targets: 1, width, height };
}

/** dy: [batch, h', w', filters] in any layout, w: weights -> `gradient`, of one way */
export function depthwiseInputGradient(shape: ConvShape, gradient: ImageLayout): Kernel {
  const { input, output, window } = shape;
  const multiplier = output.channels / input.channels;
  const { width, height } = extentOf(gradient);
  const texel = (group: string) =>
    `${texelAt('dy', output, 'ox', `n * ${output.height} + oy`, group)} * texelFetch(w, ivec3(${group}, ky * ${window.size} + kx, 0), 0)`;
  const lane = (j: number) =>
    `if (4 * c + ${j} < ${input.channels}) sum[${j}] += byChannel(n, oy, ox, ky, kx, 4 * c + ${j});`;
  const body = `
float byChannel(int n, int oy, int ox, int ky, int kx, int channel) {
  float sum = 0.0;
  for (int k = channel * ${multiplier}; k < (channel + 1) * ${multiplier}; k++) sum += (${texel('(k / 4)')})[k % 4];
  return sum;
}
void main() {
  ${decode(gradient)}
  vec4 sum = vec4(0.0);
  ${overResults(shape, multiplier === 1 ? `sum += ${texel('c')};` : repeat(4, lane, '\n      '))}
  o0 = sum;
}`;
  return { name: 'depthwise input gradient', body, inputs: { dy: 'rgba32f', w: 'rgba32f' }, targets: 1, width, height };
}

/** How the gradient of the filters is split into parts. */
export function depthwisePartial({ output }: ConvShape, weights: WeightLayout): PartialLayout {
  return rowsInOrder(weights, output.batch * output.height, 1);
}

/** x: [batch, h, w, in], dy: [batch, h', w', filters] -> partial sums of [taps + 1, filters] */
export function depthwiseKernelGradient(shape: ConvShape, weights: WeightLayout, partial: PartialLayout): Kernel {
  const { input, output, window, padTop, padLeft } = shape;
  const { size, strides, dilation } = window;
  const rows = output.batch * output.height;
  const each = Math.ceil(rows / partial.splits);
  const { columns, biasRow } = weights;
  const body = `
void main() {
  int c = frag.x % ${columns};
  int first = frag.x / ${columns} * ${each};
  int last = min(first + ${each}, ${rows});
  bool biases = frag.y == ${biasRow};
  int ky = frag.y / ${size};
  int kx = frag.y % ${size};
  vec4 sum = vec4(0.0);
  for (int row = first; row < last; row++) {
    int n = row / ${output.height};
    int iy = row % ${output.height} * ${strides} + ky * ${dilation} - ${padTop};
    if (!biases && (frag.y >= ${size * size} || iy < 0 || iy >= ${input.height})) continue;
    for (int xb = 0; xb < ${output.width}; xb++) {
      int ix = xb * ${strides} + kx * ${dilation} - ${padLeft};
      vec4 d = ${texelAt('dy', output, 'xb', 'row')};
      if (biases) sum += d;
      else if (ix >= 0 && ix < ${input.width}) sum += d * ${inputsOf(shape, 'ix', `n * ${input.height} + iy`)};
    }
  }
  o0 = sum;
}`;
  const { width, height } = partial;
  return { name: 'depthwise gradient', body, inputs: { x: 'rgba32f', dy: 'rgba32f' }, targets: 1, width, height };
}
