import { at, last } from '../../../core/at.ts';
import { decode, type Kernel, laneMask, repeat } from '../kernel.ts';
import { extentOf } from '../layout.ts';
import { activateFunction, type FusedActivation } from './activations.ts';
import { fetchPixel } from './address.ts';
import type { ConvShape, WeightLayout } from './conv-shape.ts';
import { grayPixel, grayPixels, isPackedGray } from './gray.ts';

/**
 * y = activate(conv(x, w) + b): an implicit matrix product without an im2col texture. A fragment computes `ways`
 * neighbouring pixels of four filters, one for each target. So each weight that it fetches is used `ways` times, and
 * each pixel up to `size` times.
 *
 * x: [batch, h, w, channels], w: weights with their bias row -> [batch, h', w', filters]
 */
export function convForward(shape: ConvShape, weights: WeightLayout, activation: FusedActivation): Kernel {
  const { input, output, window, padTop } = shape;
  const { width, height, layers } = extentOf(output);
  const { offsets } = taps(shape);
  const walk = { block: 'xb', step: output.ways * window.strides, blocks: output.columns };
  const pixel = (offset: number) => fetchPixel('x', input, { ...walk, offset }, { row: 'row', group: 'i' });
  const body = `
${activateFunction(activation)}
void main() {
  ${decode(output)}
  ${repeat(layers, (r) => `vec4 a${r} = vec4(0.0);`)}
  for (int ky = 0; ky < ${window.size}; ky++) {
    int iy = y * ${window.strides} + ky * ${window.dilation} - ${padTop};
    if (iy < 0 || iy >= ${input.height}) continue;
    int row = n * ${input.height} + iy;
    for (int i = 0; i < ${input.groups}; i++) {
      ${isPackedGray(input, weights.inputs) ? grayTaps(shape, offsets) : offsets.map((offset, j) => `vec4 x${j} = ${pixel(offset)};`).join('\n      ')}
      ${repeat(window.size, (kx) => tapProducts(shape, weights, kx), '\n      ')}
    }
  }
  vec4 bias = ${weights.bias ? `texelFetch(w, ivec3(c, ${weights.biasRow}, 0), 0)` : 'vec4(0.0)'};
  vec4 mask = ${laneMask(output.channels, 'c')};
  ${repeat(layers, (r) => `o${r} = ${insideRow(shape, r)}activate(a${r} + bias) * mask;`)}
}`;
  return { name: 'conv forward', body, inputs: { x: 'rgba32f', w: 'rgba32f' }, targets: layers, width, height };
}

/** The pixels that a fragment reads of a row, relative to the first, each once however many taps use it. */
function taps({ output, window, padLeft }: ConvShape): { offsets: number[]; place: (r: number, kx: number) => number } {
  const offset = (r: number, kx: number) => r * window.strides + kx * window.dilation - padLeft;
  const all = Array.from({ length: output.ways }, (_, r) => r).flatMap((r) =>
    Array.from({ length: window.size }, (_, kx) => offset(r, kx)),
  );
  const offsets = [...new Set(all)].sort((a, b) => a - b);
  return { offsets, place: (r, kx) => offsets.indexOf(offset(r, kx)) };
}

/** GLSL: pixels of gray images that lie four in a texel. */
function grayTaps({ input, output, window }: ConvShape, offsets: readonly number[]): string {
  const [first, end] = [at(offsets, 0), last(offsets) + 1];
  const pixels = grayPixels('gray', input, {
    row: 'row',
    first: `xb * ${output.ways * window.strides} + ${first}`,
    count: end - first,
  });
  const lines = offsets.map((offset, j) => `vec4 x${j} = vec4(${grayPixel('gray', offset - first)});`);
  return [pixels, ...lines].join('\n      ');
}

function tapProducts(shape: ConvShape, weights: WeightLayout, kx: number): string {
  const { place } = taps(shape);
  const lanes = Math.min(4, weights.inputs);
  const products = (x: string) => repeat(lanes, (j) => `${x}.${'xyzw'[j]} * w${j}`, ' + ');
  return `{
        int k = ((ky * ${shape.window.size} + ${kx}) * ${weights.groups} + i) * 4;
        ${repeat(lanes, (j) => `vec4 w${j} = texelFetch(w, ivec3(c, k + ${j}, 0), 0);`, '\n        ')}
        ${repeat(shape.output.ways, (r) => `a${r} += ${products(`x${place(r, kx)}`)};`, '\n        ')}
      }`;
}

/** Pixels behind the last one of a row stay 0. */
function insideRow({ output }: ConvShape, r: number): string {
  const always = (output.columns - 1) * output.ways + r < output.width;
  return always ? '' : `xb * ${output.ways} + ${r} >= ${output.width} ? vec4(0.0) : `;
}
