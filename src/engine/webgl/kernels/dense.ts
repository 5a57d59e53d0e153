import type { Extent } from '../fold.ts';
import { type Kernel, laneMask, repeat } from '../kernel.ts';
import { extentOf, type ImageLayout } from '../layout.ts';
import { activateFunction, type FusedActivation, slopeFunction } from './activations.ts';
import type { WeightLayout } from './conv-shape.ts';
import { type PartialLayout, partialExtent } from './partial.ts';

/**
 * The product of a batch of vectors with a matrix, as its kernel writes it: partial sums over `splits` parts of the
 * inner dimension, side by side. Image n lies in layer n % rows of texture row floor(n / rows).
 */
export interface ProductLayout {
  readonly splits: number;
  /** Images that a fragment computes, one for each target. */
  readonly rows: number;
  /** Texels of the result. */
  readonly columns: number;
  readonly batch: number;
}

const WANTED_FRAGMENTS = 8192;
/** Below this many steps of the inner loop, a fragment costs more to start than it computes. */
const LEAST_STEPS = 16;

/** How a product with `columns` texels of result and `steps` texels of inner dimension is split into parts. */
export function productLayout(
  batch: number,
  columns: number,
  steps: number,
  maxTargets: number,
  maxSize: number,
): ProductLayout {
  const rows = Math.min(maxTargets, batch);
  const wanted = Math.ceil(WANTED_FRAGMENTS / (columns * Math.ceil(batch / rows)));
  const most = Math.max(1, Math.min(wanted, Math.floor(steps / LEAST_STEPS), Math.floor(maxSize / columns)));
  return { splits: Math.ceil(steps / Math.ceil(steps / most)), rows, columns, batch };
}

/** The texture of the partial products. */
export function productExtent({ splits, rows, columns, batch }: ProductLayout): Extent {
  return { width: splits * columns, height: Math.ceil(batch / rows), layers: rows };
}

/** GLSL: texel k of vector n of a flat layout. */
function vectorTexel(name: string, layout: ImageLayout, n: string, k: string): string {
  const { width } = extentOf(layout);
  if (layout.height === 1) return `texelFetch(${name}, ivec3(${k}, ${n}, 0), 0)`;
  return `texelFetch(${name}, ivec3(${k} % ${width}, ${n} * ${layout.height} + ${k} / ${width}, 0), 0)`;
}

/** GLSL: the texel row of weight `k`. A matrix of the step has no rows that fill up the last four. */
function rowAt({ groups, biasRow }: WeightLayout, k: string): string {
  return groups * 4 > biasRow ? `min(${k}, ${biasRow - 1})` : k;
}

/** `mask`: GLSL of what the sums of column `c` are multiplied by. */
function productFrame(product: ProductLayout, steps: number, loop: string, mask = ''): string {
  const { splits, rows, columns, batch } = product;
  const each = Math.ceil(steps / splits);
  return `
void main() {
  int c = frag.x % ${columns};
  int first = frag.x / ${columns} * ${each};
  int last = min(first + ${each}, ${steps});
  ${repeat(
    rows,
    (r) => `int n${r} = min(frag.y * ${rows} + ${r}, ${batch - 1});
  vec4 a${r} = vec4(0.0);`,
  )}
  for (int k = first; k < last; k++) {
    ${loop}
  }
  ${repeat(rows, (r) => `o${r} = a${r}${mask};`)}
}`;
}

/**
 * Partial sums of x w. A fragment computes four units of `rows` images, so each weight that it fetches is used for all
 * of them.
 *
 * x: flat [batch, inputs], w: weights [inputs + 1, units] -> partial sums of [batch, units]
 */
export function denseProduct(input: ImageLayout, weights: WeightLayout, product: ProductLayout): Kernel {
  const row = (j: number) => rowAt(weights, `k * 4 + ${j}`);
  const loop = `${repeat(4, (j) => `vec4 w${j} = texelFetch(w, ivec3(c, ${row(j)}, 0), 0);`, '\n    ')}
    ${repeat(
      product.rows,
      (r) => `{ vec4 v = ${vectorTexel('x', input, `n${r}`, 'k')};
      a${r} += v.x * w0 + v.y * w1 + v.z * w2 + v.w * w3; }`,
      '\n    ',
    )}`;
  return {
    name: 'dense product',
    body: productFrame(product, weights.groups, loop),
    inputs: { x: 'rgba32f', w: 'rgba32f' },
    targets: product.rows,
    ...sizeOf(product),
  };
}

/** Partial sums of dy w^T. dy: [batch, units], w: weights [inputs + 1, units] -> partial sums of [batch, inputs] */
export function denseBackProduct(output: ImageLayout, weights: WeightLayout, product: ProductLayout): Kernel {
  const row = (j: number) => rowAt(weights, `c * 4 + ${j}`);
  const mask = weights.groups * 4 > weights.biasRow ? ` * ${laneMask(weights.inputs, 'c')}` : '';
  const loop = `${repeat(4, (j) => `vec4 w${j} = texelFetch(w, ivec3(k, ${row(j)}, 0), 0);`, '\n    ')}
    ${repeat(
      product.rows,
      (r) => `{ vec4 v = ${vectorTexel('dy', output, `n${r}`, 'k')};
      a${r} += vec4(dot(v, w0), dot(v, w1), dot(v, w2), dot(v, w3)); }`,
      '\n    ',
    )}`;
  return {
    name: 'dense input gradient',
    body: productFrame(product, weights.columns, loop, mask),
    inputs: { dy: 'rgba32f', w: 'rgba32f' },
    targets: product.rows,
    ...sizeOf(product),
  };
}

function sizeOf(product: ProductLayout): { width: number; height: number } {
  const { width, height } = productExtent(product);
  return { width, height };
}

function sum({ splits, rows, columns }: ProductLayout, n: string, column: string): string {
  const at = (s: string) => `ivec3(${s} * ${columns} + ${column}, ${n} / ${rows}, ${n} % ${rows})`;
  return `vec4 sum = vec4(0.0);
  for (int s = 0; s < ${splits}; s++) sum += texelFetch(partial, ${at('s')}, 0);`;
}

/** y = activate(sum of the partial sums + b). partial: x w, w: a texture with a row of biases -> [batch, units] */
export function denseEpilogue(
  output: ImageLayout,
  weights: Pick<WeightLayout, 'bias' | 'biasRow'>,
  product: ProductLayout,
  activation: FusedActivation,
): Kernel {
  const { width, height } = extentOf(output);
  const body = `
${activateFunction(activation)}
void main() {
  ${sum(product, 'frag.y', 'frag.x')}
  ${weights.bias ? `sum += texelFetch(w, ivec3(frag.x, ${weights.biasRow}, 0), 0);` : ''}
  o0 = activate(sum) * ${laneMask(output.channels, 'frag.x')};
}`;
  const w = weights.bias ? ({ w: 'rgba32f' } as const) : {};
  return { name: 'dense epilogue', body, inputs: { partial: 'rgba32f', ...w }, targets: 1, width, height };
}

/**
 * The sum of the partial sums of dy w^T, times the slope of the activation that made the input.
 *
 * partial: dy w^T, x: the input, flat [batch, inputs] -> the gradient in the layout of x
 */
export function denseBackEpilogue(input: ImageLayout, product: ProductLayout, activation: FusedActivation): Kernel {
  const { width, height } = extentOf(input);
  const linear = activation === 'linear';
  const body = `
${slopeFunction(activation)}
void main() {
  int n = frag.y / ${input.height};
  int column = frag.y % ${input.height} * ${width} + frag.x;
  ${sum(product, 'n', 'column')}
  o0 = sum${linear ? '' : ' * slope(texelFetch(x, ivec3(frag, 0), 0))'};
}`;
  const x = linear ? {} : ({ x: 'rgba32f' } as const);
  return {
    name: 'dense input gradient epilogue',
    body,
    inputs: { partial: 'rgba32f', ...x },
    targets: 1,
    width,
    height,
  };
}

/**
 * Partial gradients of a dense layer's weights and biases. A fragment computes four units of `rows` inputs.
 *
 * x: flat [batch, inputs], dy: [batch, units] -> partial sums of [inputs + 1, units]
 */
export function denseWeightGradient(input: ImageLayout, weights: WeightLayout, partial: PartialLayout): Kernel {
  const { width, height, layers } = partialExtent(partial);
  const perSplit = Math.ceil(input.batch / partial.splits);
  const groups = partial.rows / 4;
  // Several images a turn, whose sums are kept once.
  const turn = [4, 2].find((images) => input.batch % images === 0 && perSplit % images === 0) ?? 1;
  const texel = (j: number) => vectorTexel('x', input, 'n', `min(frag.y * ${groups} + ${j}, ${weights.groups - 1})`);
  const image = (i: number) => `{
      int n = turn + ${i};
      vec4 d = texelFetch(dy, ivec3(c, n, 0), 0);
      ${repeat(groups, (j) => `vec4 x${j} = biases ? vec4(1.0) : ${texel(j)};`, '\n      ')}
      ${repeat(layers, (t) => `a${t} += x${Math.floor(t / 4)}.${'xyzw'[t % 4]} * d;`, '\n      ')}
    }`;
  const body = `
void main() {
  int c = frag.x % ${weights.columns};
  int first = frag.x / ${weights.columns} * ${perSplit};
  int last = min(first + ${perSplit}, ${input.batch});
  bool biases = frag.y == ${height - 1};
  ${repeat(layers, (t) => `vec4 a${t} = vec4(0.0);`)}
  for (int turn = first; turn < last; turn += ${turn}) {
    ${repeat(turn, image, '\n    ')}
  }
  ${repeat(layers, (t) => `o${t} = a${t};`)}
}`;
  return {
    name: 'dense weight gradient',
    body,
    inputs: { x: 'rgba32f', dy: 'rgba32f' },
    targets: layers,
    width,
    height,
  };
}
