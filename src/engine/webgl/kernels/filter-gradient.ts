import { at, last } from '../../../core/at.ts';
import { type Kernel, repeat } from '../kernel.ts';
import { extentOf, type ImageLayout } from '../layout.ts';
import { fetchPixel } from './address.ts';
import type { ConvShape, WeightLayout } from './conv-shape.ts';
import { type PartialLayout, partialExtent, splitsFor, stacked } from './partial.ts';
import { isSingleChannel, singleChannelGradient, singleChannelPartial } from './single-channel-gradient.ts';

/**
 * Fragments for the same columns `kxs` of the filter, each for one of its rows and `groups` channel groups. Two columns
 * share most of the pixels that they cover, so a fragment takes two where it can.
 */
interface Section {
  readonly kxs: readonly number[];
  readonly groups: number;
  /** Fragments for each row of the filter. */
  readonly perRow: number;
  /** The first texture row. */
  readonly start: number;
}

function sectionsOf({ window }: ConvShape, weights: WeightLayout, maxTargets: number): readonly Section[] {
  const atOnce = maxTargets / 4;
  const sections: Section[] = [];
  let start = 0;
  for (let kx = 0; kx < window.size; ) {
    const taps = Math.min(atOnce, window.size - kx);
    const groups = atOnce / taps;
    const perRow = Math.ceil(weights.groups / groups);
    sections.push({ kxs: Array.from({ length: taps }, (_, i) => kx + i), groups, perRow, start });
    start += perRow * window.size;
    kx += taps;
  }
  return sections;
}

/** How the gradient of a convolution's weights is split into parts. */
export function filterPartial(shape: ConvShape, weights: WeightLayout, maxTargets: number): PartialLayout {
  if (isSingleChannel(weights)) return singleChannelPartial(shape, weights, maxTargets);
  const { output, window } = shape;
  const sections = sectionsOf(shape, weights, maxTargets);
  const blocks = sections.reduce((sum, { perRow }) => sum + perRow * window.size, 0);
  const splits = splitsFor(output.batch * output.height, blocks * weights.columns);
  return stacked(weights, splits, maxTargets, blocks, placeOf(sections, shape, weights));
}

/** GLSL from weight row `row`, that is filter row, filter column and input channel, to its texture row and layer. */
function placeOf(sections: readonly Section[], { window }: ConvShape, weights: WeightLayout): string {
  const tap = `(row / ${weights.groups * 4})`;
  const group = `(row / 4 % ${weights.groups})`;
  const kx = `(${tap} % ${window.size})`;
  const places = sections.map(({ kxs, groups, perRow, start }) => {
    const block = `${start} + ${tap} / ${window.size} * ${perRow} + ${group} / ${groups}`;
    const layer = `((${kx} - ${at(kxs, 0)}) * ${groups} + ${group} % ${groups}) * 4 + row % 4`;
    return { last: last(kxs), place: `ivec2(${block}, ${layer})` };
  });
  return places.reduceRight((rest, { last, place }) => (rest ? `(${kx} <= ${last} ? ${place} : ${rest})` : place), '');
}

/**
 * Partial gradients of a convolution's weights and biases: a matrix product over all output pixels, cut into parts of
 * the batch. A fragment computes four filters of eight weight rows: four input channels at two neighbouring taps, or
 * eight.
 *
 * x: [batch, h, w, channels], dy: [batch, h', w', filters] -> partial sums of [rows + 1, filters]
 */
export function filterGradient(shape: ConvShape, weights: WeightLayout, partial: PartialLayout): Kernel {
  if (isSingleChannel(weights)) return singleChannelGradient(shape, weights, partial);
  const { output } = shape;
  const { width, height, layers } = partialExtent(partial);
  const rowCount = output.batch * output.height;
  const perSplit = Math.ceil(rowCount / partial.splits);
  const sections = sectionsOf(shape, weights, partial.rows);
  const branches = sections.map(
    (section) => `if (frag.y < ${section.start + section.perRow * shape.window.size}) {
    ${sectionLoop(shape, weights, section)}
  }`,
  );
  const body = `
void main() {
  int co = frag.x % ${weights.columns};
  int first = frag.x / ${weights.columns} * ${perSplit};
  int last = min(first + ${perSplit}, ${rowCount});
  ${repeat(layers, (t) => `vec4 a${t} = vec4(0.0);`)}
  ${branches.join(' else ')} else {
    ${biasLoop(output)}
  }
  ${repeat(layers, (t) => `o${t} = a${t};`)}
}`;
  return { name: 'filter gradient', body, inputs: { x: 'rgba32f', dy: 'rgba32f' }, targets: layers, width, height };
}

function sectionLoop(shape: ConvShape, weights: WeightLayout, section: Section): string {
  const { input, output, window } = shape;
  const { perRow, groups, start } = section;
  return `int ky = (frag.y - ${start}) / ${perRow};
    int g = (frag.y - ${start}) % ${perRow} * ${groups};
    for (int row = first; row < last; row++) {
      int n = row / ${output.height};
      int iy = (row - n * ${output.height}) * ${window.strides} + ky * ${window.dilation} - ${shape.padTop};
      if (iy < 0 || iy >= ${input.height}) continue;
      int source = n * ${input.height} + iy;
      for (int xb = 0; xb < ${output.columns}; xb++) {
        ${blockProducts(shape, weights, section)}
      }
    }`;
}

/** GLSL: the products of a block of output pixels with all pixels that the section's taps cover from there. */
function blockProducts(shape: ConvShape, weights: WeightLayout, { kxs, groups }: Section): string {
  const { input, output, window, padLeft } = shape;
  const offset = (r: number, kx: number) => r * window.strides + kx * window.dilation - padLeft;
  const ways = Array.from({ length: output.ways }, (_, r) => r);
  const offsets = [...new Set(ways.flatMap((r) => kxs.map((kx) => offset(r, kx))))];
  const walk = { block: 'xb', step: output.ways * window.strides, blocks: output.columns };
  const lanes = Math.min(4, weights.inputs);
  const fetches = offsets.flatMap((o, i) =>
    Array.from({ length: groups }, (_, j) => {
      // Rows that a missing group fills are never read.
      const group = j === 0 ? 'g' : `min(g + ${j}, ${weights.groups - 1})`;
      return `vec4 x${i}_${j} = ${fetchPixel('x', input, { ...walk, offset: o }, { row: 'source', group })};`;
    }),
  );
  const gradients = ways.map((r) => `vec4 d${r} = texelFetch(dy, ivec3(xb * ${output.groups} + co, row, ${r}), 0);`);
  // All pixels of a sum in one expression: a sum that is used once per block does not occupy a register all the time.
  const sums = kxs.flatMap((kx, k) =>
    Array.from({ length: groups * lanes }, (_, t) => {
      const j = Math.floor(t / lanes);
      const products = ways.map((r) => `x${offsets.indexOf(offset(r, kx))}_${j}.${'xyzw'[t % lanes]} * d${r}`);
      return `a${(k * groups + j) * 4 + (t % lanes)} += ${products.join(' + ')};`;
    }),
  );
  return [...fetches, ...gradients, ...sums].join('\n        ');
}

function biasLoop(output: ImageLayout): string {
  const { width } = extentOf({ ...output, batch: 1 });
  return `for (int row = first; row < last; row++) {
      for (int at = co; at < ${width}; at += ${output.groups}) {
        ${repeat(output.ways, (r) => `a0 += texelFetch(dy, ivec3(at, row, ${r}), 0);`, '\n        ')}
      }
    }`;
}
