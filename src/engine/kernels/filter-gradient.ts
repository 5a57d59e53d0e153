import type { ConvShape, WeightLayout } from './conv-shape.ts';
import { type Kernel, repeat } from './kernel.ts';
import { extentOf, type ImageLayout } from './layout.ts';
import type { Extent } from './texture.ts';

/**
 * Gradients of weights as they leave their kernel: partial sums over `splits` parts of the batch, side by side. Weight
 * row k lies in layer k % rows of texture row floor(k / rows), the biases' gradient in layer 0 of the last texture row.
 */
export interface PartialLayout {
  readonly splits: number;
  /** Weight rows that a fragment holds, one to a target. */
  readonly rows: number;
  /** Texture rows before that of the biases. */
  readonly blocks: number;
}

/** Enough fragments to fill a GPU, but no more partial sums than are worth adding up. */
const WANTED_FRAGMENTS = 16_384;
const MOST_SPLITS = 64;

/** How the gradient of `weights` is cut up when there are `terms` things to sum over. */
export function partialLayout(weights: WeightLayout, terms: number, maxTargets: number): PartialLayout {
  const blocks = Math.ceil(weights.biasRow / maxTargets);
  const wanted = Math.ceil(WANTED_FRAGMENTS / (blocks * weights.columns));
  const most = Math.min(wanted, MOST_SPLITS, terms);
  // As many as are really needed when each takes the same number of terms.
  return { splits: Math.ceil(terms / Math.ceil(terms / most)), rows: maxTargets, blocks };
}

/** The texture of the partial sums. */
export function partialExtent(weights: WeightLayout, { splits, rows, blocks }: PartialLayout): Extent {
  return { width: splits * weights.columns, height: blocks + 1, layers: rows };
}

/**
 * Partial gradients of a convolution's weights and biases: a matrix product over all output pixels, cut into parts of
 * the batch. A fragment holds four filters of `rows` weight rows: eight input channels, or four of two taps.
 *
 * x: [batch, h, w, channels], dy: [batch, h', w', filters] -> partial sums of [rows + 1, filters]
 */
export function filterGradient(shape: ConvShape, weights: WeightLayout, partial: PartialLayout): Kernel {
  const { input, output, window } = shape;
  const { width, height, layers } = partialExtent(weights, partial);
  const rowCount = output.batch * output.height;
  const perSplit = Math.ceil(rowCount / partial.splits);
  const lots = lotsOf(weights, partial);
  const body = `
void main() {
  int co = frag.x % ${weights.columns};
  int first = frag.x / ${weights.columns} * ${perSplit};
  int last = min(first + ${perSplit}, ${rowCount});
  ${repeat(layers, (t) => `vec4 a${t} = vec4(0.0);`)}
  if (frag.y == ${partial.blocks}) {
    ${biasLoop(output)}
  } else {
    ${lots.map((lot) => lotSetup(shape, weights, partial, lot)).join('\n    ')}
    for (int row = first; row < last; row++) {
      int n = row / ${output.height};
      int y = row - n * ${output.height};
      ${lots
        .map(
          ({ id }) => `int iy${id} = y * ${window.strides} + dy${id};
      bool in${id} = real${id} && iy${id} >= 0 && iy${id} < ${input.height};
      int r${id} = n * ${input.height} + clamp(iy${id}, 0, ${input.height - 1});`,
        )
        .join('\n      ')}
      if (!(${lots.map(({ id }) => `in${id}`).join(' || ')})) continue;
      for (int xb = 0; xb < ${output.columns}; xb++) {
        ${repeat(output.ways, (r) => pixelProducts(shape, lots, r), '\n        ')}
      }
    }
  }
  ${repeat(layers, (t) => `o${t} = a${t};`)}
}`;
  return { name: 'filter gradient', body, inputs: { x: 'rgba32f', dy: 'rgba32f' }, targets: layers, width, height };
}

/** Row groups of a fragment that lie at the same tap and so share its position: `groups` neighbouring texels. */
interface Lot {
  readonly id: number;
  readonly groups: number;
}

function lotsOf(weights: WeightLayout, { rows }: PartialLayout): readonly Lot[] {
  const groups = rows / 4;
  return weights.groups % groups === 0
    ? [{ id: 0, groups }]
    : Array.from({ length: groups }, (_, id) => ({ id, groups: 1 }));
}

/** GLSL: which tap and channel group a lot belongs to, and where each way's pixel lies, relative to the block. */
function lotSetup(shape: ConvShape, weights: WeightLayout, { rows }: PartialLayout, { id }: Lot): string {
  const { input, output, window } = shape;
  const steps = output.ways * window.strides;
  const shifts =
    input.ways > 1 && steps % input.ways === 0
      ? repeat(
          output.ways,
          (r) => `int v${id}_${r} = ${r * window.strides} + dx${id} + ${input.ways * 64};
    int m${id}_${r} = v${id}_${r} % ${input.ways};
    int q${id}_${r} = v${id}_${r} / ${input.ways} - 64;`,
          '\n    ',
        )
      : '';
  return `int q${id} = frag.y * ${rows / 4} + ${id};
    int tap${id} = q${id} / ${weights.groups};
    int g${id} = q${id} % ${weights.groups};
    bool real${id} = tap${id} < ${weights.taps};
    int dy${id} = tap${id} / ${window.size} * ${window.dilation} - ${shape.padTop};
    int dx${id} = tap${id} % ${window.size} * ${window.dilation} - ${shape.padLeft};
    ${shifts}`;
}

function pixelProducts(shape: ConvShape, lots: readonly Lot[], r: number): string {
  const { input, output, window } = shape;
  const lanes = Math.min(4, input.channels);
  const products = lots.map(({ id, groups }) => {
    const { column, layer } = sourcePixel(shape, id, r);
    return `{
          int ix = (xb * ${output.ways} + ${r}) * ${window.strides} + dx${id};
          bool inside = in${id} && ix >= 0 && ix < ${input.columns * input.ways};
          ivec3 at = ivec3(${column} * ${input.groups} + g${id}, r${id}, ${layer});
          ${repeat(groups, (j) => `vec4 x${j} = inside ? texelFetch(x, at + ivec3(${j}, 0, 0), 0) : vec4(0.0);`, '\n          ')}
          ${repeat(
            groups * lanes,
            (t) => {
              const j = Math.floor(t / lanes);
              return `a${(id + j) * 4 + (t % lanes)} += x${j}.${'xyzw'[t % lanes]} * d;`;
            },
            '\n          ',
          )}
        }`;
  });
  return `{
          vec4 d = texelFetch(dy, ivec3(xb * ${output.groups} + co, row, ${r}), 0);
          ${products.join('\n          ')}
        }`;
}

function sourcePixel({ input, output, window }: ConvShape, id: number, r: number): { column: string; layer: string } {
  const steps = output.ways * window.strides;
  if (input.ways === 1) return { column: 'ix', layer: '0' };
  if (steps % input.ways !== 0)
    return { column: `(max(ix, 0) / ${input.ways})`, layer: `(max(ix, 0) % ${input.ways})` };
  return { column: `(xb * ${steps / input.ways} + q${id}_${r})`, layer: `m${id}_${r}` };
}

function biasLoop(output: ImageLayout): string {
  const { width } = extentOf({ ...output, batch: 1 });
  return `for (int row = first; row < last; row++) {
      for (int at = co; at < ${width}; at += ${output.groups}) {
        ${repeat(output.ways, (r) => `a0 += texelFetch(dy, ivec3(at, row, ${r}), 0);`, '\n        ')}
      }
    }`;
}
