import { at, last } from '../../../core/at.ts';
import { type Kernel, repeat } from '../kernel.ts';
import type { ImageLayout } from '../layout.ts';
import { fetchPixel } from './address.ts';
import type { ConvShape, WeightLayout } from './conv-shape.ts';
import { grayPixel, grayPixels, isPackedGray } from './gray.ts';
import { type PartialLayout, partialExtent, splitsFor } from './partial.ts';

/** Unrolled tap by tap: larger filters would make the shader too long. */
const LARGEST = 5;

/** Whether a convolution is one of gray images, as the first of every network here is. */
export function isSingleChannel({ inputs, taps }: Pick<WeightLayout, 'inputs' | 'taps'>): boolean {
  return inputs === 1 && taps <= LARGEST ** 2;
}

/** Texture rows, each with its parts of the batch: GPUs and software renderers shade blocks of at least 4 by 4. */
const PART_ROWS = 4;

/** Blocks of taps and then the biases, side by side, repeated for each part of the batch. */
export function singleChannelPartial(shape: ConvShape, weights: WeightLayout, maxTargets: number): PartialLayout {
  const { columns, taps } = weights;
  const blocks = Math.ceil(taps / maxTargets);
  const splits = splitsFor(shape.output.batch * shape.output.height, (blocks + 1) * columns);
  const place = (block: string, layer: string) =>
    `ivec3((s / ${PART_ROWS} * ${blocks + 1} + ${block}) * ${columns} + column, s % ${PART_ROWS}, ${layer})`;
  const tap = place(`row / ${4 * maxTargets}`, `row / 4 % ${maxTargets}`);
  return {
    splits,
    rows: maxTargets,
    width: Math.ceil(splits / PART_ROWS) * (blocks + 1) * columns,
    height: Math.min(splits, PART_ROWS),
    // Only the first of the four rows of a tap has weights; the others point where nothing but zeros are written.
    weightAt: `(row % 4 == 0 ? ${tap} : ${place(`${blocks}`, '1')})`,
    biasAt: place(`${blocks}`, '0'),
  };
}

/**
 * Partial gradients of the filters and biases of a convolution of gray images. A fragment computes four filters of
 * eight taps, so that each pixel and each gradient that it fetches is used for all of them.
 *
 * x: [batch, h, w, 1], dy: [batch, h', w', filters] -> partial sums of [rows + 1, filters]
 */
export function singleChannelGradient(shape: ConvShape, weights: WeightLayout, partial: PartialLayout): Kernel {
  const { output } = shape;
  const { width, height, layers } = partialExtent(partial);
  const rowCount = output.batch * output.height;
  const perSplit = Math.ceil(rowCount / partial.splits);
  const blocks = Math.ceil(weights.taps / layers);
  const branches = Array.from({ length: blocks }, (_, block) => {
    const taps = Array.from({ length: Math.min(layers, weights.taps - block * layers) }, (_, t) => block * layers + t);
    return `if (block == ${block}) {
    ${tapsLoop(shape, taps)}
  }`;
  });
  const body = `
void main() {
  int co = frag.x % ${weights.columns};
  int block = frag.x / ${weights.columns} % ${blocks + 1};
  int part = frag.x / ${weights.columns * (blocks + 1)} * ${PART_ROWS} + frag.y;
  int first = part * ${perSplit};
  int last = min(first + ${perSplit}, ${rowCount});
  ${repeat(layers, (t) => `vec4 a${t} = vec4(0.0);`)}
  ${branches.join(' else ')} else {
    for (int row = first; row < last; row++) {
      for (int xb = 0; xb < ${output.columns}; xb++) {
        ${gradients(output)}
        a0 += ${repeat(output.ways, (r) => `d${r}`, ' + ')};
      }
    }
  }
  ${repeat(layers, (t) => `o${t} = a${t};`)}
}`;
  const inputs = { x: 'rgba32f', dy: 'rgba32f' } as const;
  return { name: 'single channel gradient', body, inputs, targets: layers, width, height };
}

function gradients({ ways, groups }: ImageLayout): string {
  const fetch = (r: number) => `texelFetch(dy, ivec3(xb * ${groups} + co, row, ${r}), 0)`;
  return repeat(ways, (r) => `vec4 d${r} = ${fetch(r)};`, '\n        ');
}

function tapsLoop(shape: ConvShape, taps: readonly number[]): string {
  const { input, output, window, padTop, padLeft } = shape;
  const { size, strides, dilation } = window;
  const kys = [...new Set(taps.map((tap) => Math.floor(tap / size)))];
  const offset = (r: number, tap: number) => r * strides + (tap % size) * dilation - padLeft;
  const ways = Array.from({ length: output.ways }, (_, r) => r);
  const walk = { block: 'xb', step: output.ways * strides, blocks: output.columns };
  const rows = kys.map(
    (ky) => `int iy${ky} = y + ${ky * dilation - padTop};
      float in${ky} = iy${ky} >= 0 && iy${ky} < ${input.height} ? 1.0 : 0.0;
      int row${ky} = n * ${input.height} + clamp(iy${ky}, 0, ${input.height - 1});`,
  );
  const name = (ky: number, o: number) => `x${ky}_${o + padLeft}`;
  const pixels = kys.flatMap((ky) => {
    const own = taps.filter((tap) => Math.floor(tap / size) === ky);
    const offsets = [...new Set(own.flatMap((tap) => ways.map((r) => offset(r, tap))))].sort((a, b) => a - b);
    if (isPackedGray(input, 1)) {
      const first = at(offsets, 0);
      const gray = `gray${ky}x`;
      const lines = grayPixels(gray, input, {
        row: `row${ky}`,
        first: `xb * ${walk.step} + ${first}`,
        count: last(offsets) + 1 - first,
      });
      return [lines, ...offsets.map((o) => `float ${name(ky, o)} = ${grayPixel(gray, o - first)} * in${ky};`)];
    }
    return offsets.map((o) => {
      const fetch = fetchPixel('x', input, { ...walk, offset: o }, { row: `row${ky}`, group: '0' });
      return `float ${name(ky, o)} = ${fetch}.x * in${ky};`;
    });
  });
  const sums = taps.map((tap, t) => {
    const products = ways.map((r) => `${name(Math.floor(tap / size), offset(r, tap))} * d${r}`);
    return `a${t} += ${products.join(' + ')};`;
  });
  return `for (int row = first; row < last; row++) {
      int n = row / ${output.height};
      int y = (row - n * ${output.height}) * ${strides};
      ${rows.join('\n      ')}
      for (int xb = 0; xb < ${output.columns}; xb++) {
        ${[...pixels, gradients(output), ...sums].join('\n        ')}
      }
    }`;
}
