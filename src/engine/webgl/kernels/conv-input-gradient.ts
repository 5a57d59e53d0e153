import { decode, type Kernel, laneMask, repeat } from '../kernel.ts';
import { extentOf, type ImageLayout } from '../layout.ts';
import { type FusedActivation, slopeFunction } from './activations.ts';
import { fetchPixel } from './address.ts';
import type { ConvShape, WeightLayout } from './conv-shape.ts';

/**
 * The gradient of a convolution's input, times the slope of the activation that made this input: the forward kernel
 * with flipped filters. A fragment computes `ways` neighbouring pixels of four input channels.
 *
 * dy: [batch, h', w', filters], w: weights, x: the input [batch, h, w, channels] -> `gradient` [batch, h, w, channels]
 */
export function convInputGradient(
  shape: ConvShape,
  weights: WeightLayout,
  gradient: ImageLayout,
  activation: FusedActivation,
): Kernel {
  const { input, output, window } = shape;
  const { strides, dilation } = window;
  const { width, height, layers } = extentOf(gradient);
  const body = `
${slopeFunction(activation)}
void main() {
  ${decode(gradient)}
  ${repeat(layers, (r) => `vec4 a${r} = vec4(0.0);`)}
  for (int ky = 0; ky < ${window.size}; ky++) {
    int ty = y + ${shape.padTop} - ky * ${dilation};
    if (ty < 0 || ty >= ${output.height * strides}${strides > 1 ? ` || ty % ${strides} != 0` : ''}) continue;
    int row = n * ${output.height} + ty / ${strides};
    for (int i = 0; i < ${output.groups}; i++) {
      ${columnsOf(shape, gradient)}
      ${repeat(window.size, (kx) => tapProducts(shape, weights, gradient, kx), '\n      ')}
    }
  }
  vec4 mask = ${laneMask(input.channels, 'c')};
  ${repeat(layers, (r) => {
    const walk = { block: 'xb', step: gradient.ways, offset: r, blocks: gradient.columns };
    const own =
      activation === 'linear'
        ? 'vec4(0.0)'
        : fetchPixel('x', input, walk, { row: `n * ${input.height} + y`, group: 'c' });
    const outside = `xb * ${gradient.ways} + ${r} >= ${input.width}`;
    return `o${r} = ${outside} ? vec4(0.0) : a${r} * slope(${own}) * mask;`;
  })}
}`;
  const x = activation === 'linear' ? {} : ({ x: 'rgba32f' } as const);
  return {
    name: 'conv input gradient',
    body,
    inputs: { dy: 'rgba32f', w: 'rgba32f', ...x },
    targets: layers,
    width,
    height,
  };
}

/** Where the stride does not divide `ways`, the shader computes which outputs a pixel contributed to. */
function marchesInStep({ window }: ConvShape, gradient: ImageLayout): boolean {
  return gradient.ways % window.strides === 0;
}

/**
 * The output pixel whose window had pixel `r` of the block at tap kx, relative to the block's first; null if there is
 * none.
 */
function outputOffset({ window, padLeft }: ConvShape, r: number, kx: number): number | null {
  const t = r + padLeft - kx * window.dilation;
  return t % window.strides === 0 ? t / window.strides : null;
}

function offsetsOf(shape: ConvShape, gradient: ImageLayout): number[] {
  const all = Array.from({ length: gradient.ways * shape.window.size }, (_, i) =>
    outputOffset(shape, i % gradient.ways, Math.floor(i / gradient.ways)),
  );
  return [...new Set(all)].filter((offset) => offset !== null).sort((a, b) => a - b);
}

function columnsOf(shape: ConvShape, gradient: ImageLayout): string {
  if (!marchesInStep(shape, gradient)) return '';
  const walk = { block: 'xb', step: gradient.ways / shape.window.strides, blocks: gradient.columns };
  return offsetsOf(shape, gradient)
    .map((offset, j) => {
      const fetch = fetchPixel('dy', shape.output, { ...walk, offset }, { row: 'row', group: 'i' });
      return `vec4 d${j} = ${fetch};`;
    })
    .join('\n      ');
}

function tapProducts(shape: ConvShape, weights: WeightLayout, gradient: ImageLayout, kx: number): string {
  const lanes = Math.min(4, weights.inputs);
  const inStep = marchesInStep(shape, gradient);
  const offsets = offsetsOf(shape, gradient);
  const dots = (d: string) => `vec4(${repeat(4, (j) => (j < lanes ? `dot(${d}, w${j})` : '0.0'), ', ')})`;
  const line = (r: number) => {
    if (!inStep) return searched(shape, gradient, r, kx, dots('d'));
    const offset = outputOffset(shape, r, kx);
    return offset === null ? '' : `a${r} += ${dots(`d${offsets.indexOf(offset)}`)};`;
  };
  return `{
        int k = ((ky * ${shape.window.size} + ${kx}) * ${weights.groups} + c) * 4;
        ${repeat(lanes, (j) => `vec4 w${j} = texelFetch(w, ivec3(i, k + ${j}, 0), 0);`, '\n        ')}
        ${repeat(gradient.ways, line, '\n        ')}
      }`;
}

function searched(
  { output, window, padLeft }: ConvShape,
  gradient: ImageLayout,
  r: number,
  kx: number,
  dots: string,
): string {
  const { groups, ways, columns } = output;
  return `{
          int tx = xb * ${gradient.ways} + ${r + padLeft - kx * window.dilation};
          int ox = max(tx, 0) / ${window.strides};
          bool seen = tx >= 0 && tx % ${window.strides} == 0 && ox < ${columns * ways};
          vec4 d = seen ? texelFetch(dy, ivec3(ox / ${ways} * ${groups} + i, row, ox % ${ways}), 0) : vec4(0.0);
          a${r} += ${dots};
        }`;
}
