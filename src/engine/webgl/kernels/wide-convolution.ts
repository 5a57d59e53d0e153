import { decode, type Kernel, laneMask } from '../kernel.ts';
import { extentOf, type ImageLayout } from '../layout.ts';
import { activateFunction, type FusedActivation, slopeFunction } from './activations.ts';
import type { ConvShape, WeightLayout } from './conv-shape.ts';
import { type PartialLayout, rowsInOrder } from './partial.ts';
import { overResults, overTaps, texelAt } from './pixel.ts';

/** The other kernels of convolutions unroll the columns of the window in the shader: more than this make it too long. */
const MOST_UNROLLED = 11;

/** Whether a convolution takes the kernels of this file, whose loops make them slower, but no longer with the window. */
export function isWide({ window }: Pick<ConvShape, 'window'>): boolean {
  return window.size > MOST_UNROLLED;
}

/** y = activate(conv(x, w) + b). x: [batch, h, w, channels], w: weights with their bias row -> the output of one way */
export function wideForward(shape: ConvShape, weights: WeightLayout, activation: FusedActivation): Kernel {
  const { input, output, window } = shape;
  const { width, height } = extentOf(output);
  const pixel = texelAt('x', input, 'ix', `n * ${input.height} + iy`, 'i');
  const visit = `int k = (ky * ${window.size} + kx) * ${weights.groups * 4};
      for (int i = 0; i < ${input.groups}; i++) {
        vec4 pixel = ${pixel};
        for (int j = 0; j < 4; j++) sum += pixel[j] * texelFetch(w, ivec3(c, k + 4 * i + j, 0), 0);
      }`;
  const body = `
${activateFunction(activation)}
void main() {
  ${decode(output)}
  vec4 sum = ${weights.bias ? `texelFetch(w, ivec3(c, ${weights.biasRow}, 0), 0)` : 'vec4(0.0)'};
  ${overTaps(shape, visit)}
  o0 = activate(sum) * ${laneMask(output.channels, 'c')};
}`;
  return { name: 'wide conv forward', body, inputs: { x: 'rgba32f', w: 'rgba32f' }, targets: 1, width, height };
}

/**
 * The gradient of a convolution's input, times the slope of the activation that made this input.
 *
 * dy: [batch, h', w', filters], w: weights, x: the input [batch, h, w, channels] -> `gradient`, of one way
 */
export function wideInputGradient(
  shape: ConvShape,
  weights: WeightLayout,
  gradient: ImageLayout,
  activation: FusedActivation,
): Kernel {
  const { input, output, window } = shape;
  const { width, height } = extentOf(gradient);
  const own = texelAt('x', input, 'xb', `n * ${input.height} + y`);
  const visit = `int k = ((ky * ${window.size} + kx) * ${weights.groups} + c) * 4;
      for (int i = 0; i < ${output.groups}; i++) {
        vec4 d = ${texelAt('dy', output, 'ox', `n * ${output.height} + oy`, 'i')};
        for (int j = 0; j < 4; j++) sum[j] += dot(d, texelFetch(w, ivec3(i, k + j, 0), 0));
      }`;
  const body = `
${slopeFunction(activation)}
void main() {
  ${decode(gradient)}
  vec4 sum = vec4(0.0);
  ${overResults(shape, visit)}
  o0 = sum * slope(${activation === 'linear' ? 'vec4(0.0)' : own}) * ${laneMask(input.channels, 'c')};
}`;
  const x = activation === 'linear' ? {} : ({ x: 'rgba32f' } as const);
  const inputs = { dy: 'rgba32f', w: 'rgba32f', ...x } as const;
  return { name: 'wide conv input gradient', body, inputs, targets: 1, width, height };
}

/** How the gradient of the weights is split into parts. */
export function widePartial({ output }: ConvShape, weights: WeightLayout): PartialLayout {
  return rowsInOrder(weights, output.batch * output.height, 1);
}

/** x: [batch, h, w, channels], dy: [batch, h', w', filters] -> partial sums of [rows + 1, filters] */
export function wideKernelGradient(shape: ConvShape, weights: WeightLayout, partial: PartialLayout): Kernel {
  const { input, output, window, padTop, padLeft } = shape;
  const { size, strides, dilation } = window;
  const { columns, biasRow, groups } = weights;
  const rows = output.batch * output.height;
  const each = Math.ceil(rows / partial.splits);
  const pixel = texelAt('x', input, 'ix', `n * ${input.height} + iy`, 'i');
  const body = `
void main() {
  int c = frag.x % ${columns};
  int first = frag.x / ${columns} * ${each};
  int last = min(first + ${each}, ${rows});
  bool biases = frag.y == ${biasRow};
  int tap = frag.y / ${groups * 4};
  int i = frag.y / 4 % ${groups};
  vec4 sum = vec4(0.0);
  for (int row = first; row < last; row++) {
    int n = row / ${output.height};
    int iy = row % ${output.height} * ${strides} + tap / ${size} * ${dilation} - ${padTop};
    if (!biases && (iy < 0 || iy >= ${input.height})) continue;
    for (int xb = 0; xb < ${output.width}; xb++) {
      int ix = xb * ${strides} + tap % ${size} * ${dilation} - ${padLeft};
      vec4 d = ${texelAt('dy', output, 'xb', 'row')};
      if (biases) sum += d;
      else if (ix >= 0 && ix < ${input.width}) sum += d * ${pixel}[frag.y % 4];
    }
  }
  o0 = sum;
}`;
  const { width, height } = partial;
  return { name: 'wide filter gradient', body, inputs: { x: 'rgba32f', dy: 'rgba32f' }, targets: 1, width, height };
}
