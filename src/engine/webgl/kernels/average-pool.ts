import { decode, type Kernel } from '../kernel.ts';
import { extentOf, type ImageLayout } from '../layout.ts';
import { type FusedActivation, slopeFunction } from './activations.ts';
import { elementwise } from './elementwise.ts';
import type { PoolShape } from './max-pool.ts';
import { texelAt } from './pixel.ts';

/** GLSL: the pixels `${axis}0` ... `${axis}1` - 1 that window `at` covers along an axis. */
function covered(axis: string, at: string, extent: number, pad: number, { window }: PoolShape): string {
  const start = `${at} * ${window.strides} - ${pad}`;
  return `int ${axis}0 = max(${start}, 0);
    int ${axis}1 = min(${start} + ${window.size}, ${extent});`;
}

/** GLSL: the windows `${axis}0` ... `${axis}1` that cover pixel `at` along an axis. */
function covering(axis: string, at: string, stops: number, pad: number, { window }: PoolShape): string {
  const { size, strides } = window;
  return `int ${axis}0 = max(${at} + ${pad - size + strides}, 0) / ${strides};
  int ${axis}1 = min((${at} + ${pad}) / ${strides}, ${stops - 1});`;
}

/** The mean of each window; padding does not count. x: [batch, h, w, channels] -> [batch, h', w', channels] */
export function averagePool(shape: PoolShape): Kernel {
  const { input, output } = shape;
  const { width, height } = extentOf(output);
  const body = `
void main() {
  ${decode(output)}
  ${covered('y', 'y', input.height, shape.padTop, shape)}
  ${covered('x', 'xb', input.width, shape.padLeft, shape)}
  vec4 sum = vec4(0.0);
  for (int iy = y0; iy < y1; iy++) {
    for (int ix = x0; ix < x1; ix++) sum += ${texelAt('x', input, 'ix', `n * ${input.height} + iy`)};
  }
  o0 = sum / float((y1 - y0) * (x1 - x0));
}`;
  return { name: 'average pool', body, inputs: { x: 'rgba32f' }, targets: 1, width, height };
}

/**
 * Distributes each window's gradient equally over its pixels, times the slope of the activation that made them.
 *
 * dy: gradient of the pooled image in layout `pooled`, v: the image, unless its activation is linear
 * -> [batch, h, w, channels] in the layout of the image
 */
export function averagePoolGradient(shape: PoolShape, pooled: ImageLayout, activation: FusedActivation): Kernel {
  const { input, output } = shape;
  const linear = activation === 'linear';
  const prelude = `${slopeFunction(activation)}
vec4 handed(int n, int y, int x, int c) {
  ${covering('wy', 'y', output.height, shape.padTop, shape)}
  ${covering('wx', 'x', output.width, shape.padLeft, shape)}
  vec4 sum = vec4(0.0);
  for (int wy = wy0; wy <= wy1; wy++) {
    ${covered('y', 'wy', input.height, shape.padTop, shape)}
    for (int wx = wx0; wx <= wx1; wx++) {
      ${covered('x', 'wx', input.width, shape.padLeft, shape)}
      sum += ${texelAt('dy', pooled, 'wx', `n * ${output.height} + wy`)} / float((y1 - y0) * (x1 - x0));
    }
  }
  return sum;
}`;
  const kernel = elementwise(input, {
    name: 'average pool gradient',
    inputs: linear ? {} : { v: input },
    prelude,
    result: `handed(n, y, x, c)${linear ? '' : ' * slope(v)'}`,
  });
  return { ...kernel, inputs: { ...kernel.inputs, dy: 'rgba32f' } };
}
