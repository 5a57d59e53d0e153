import { float, type Kernel, laneMask, repeat } from '../kernel.ts';
import type { ImageLayout } from '../layout.ts';
import { activateFunction, type FusedActivation, slopeFunction } from './activations.ts';
import { elementwise } from './elementwise.ts';
import type { PartialLayout } from './partial.ts';
import { texelAt } from './pixel.ts';

const WANTED_FRAGMENTS = 2048;

/** The number of parts that the sums over a batch are split into. */
export function statisticsSplits({ batch, height, groups }: ImageLayout): number {
  const rows = batch * height;
  const most = Math.min(Math.ceil(WANTED_FRAGMENTS / groups), rows, 128);
  return Math.ceil(rows / Math.ceil(rows / most));
}

/** GLSL: a loop over all pixels of the rows of a fragment's part, in which `at` is the texel of x and `r` the layer. */
function overPixels(layout: ImageLayout, splits: number, visit: (r: number) => string): string {
  const { batch, height, groups, columns, ways, width } = layout;
  const rows = batch * height;
  const each = Math.ceil(rows / splits);
  return `int c = frag.x % ${groups};
  int first = frag.x / ${groups} * ${each};
  int last = min(first + ${each}, ${rows});
  for (int row = first; row < last; row++) {
    for (int xb = 0; xb < ${columns}; xb++) {
      ${repeat(
        ways,
        (r) => {
          const always = (columns - 1) * ways + r < width;
          return `${always ? '' : `if (xb * ${ways} + ${r} < ${width}) `}{ ${visit(r)} }`;
        },
        '\n      ',
      )}
    }
  }`;
}

function here(name: string, { groups }: ImageLayout, r: number): string {
  return `texelFetch(${name}, ivec3(xb * ${groups} + c, row, ${r}), 0)`;
}

/**
 * Sums of x and of its square over parts of the batch, both less the channel's first pixel, which keeps the variance
 * exact where the mean is far from 0. x: [batch, h, w, channels] -> o0: sums, o1: sums of squares, parts side by side
 */
export function batchSums(layout: ImageLayout, splits: number): Kernel {
  const body = `
void main() {
  vec4 sum = vec4(0.0);
  vec4 squares = vec4(0.0);
  vec4 pivot = texelFetch(x, ivec3(frag.x % ${layout.groups}, 0, 0), 0);
  ${overPixels(layout, splits, (r) => `vec4 d = ${here('x', layout, r)} - pivot; sum += d; squares += d * d;`)}
  o0 = sum;
  o1 = squares;
}`;
  return {
    name: 'batch sums',
    body,
    inputs: { x: 'rgba32f' },
    targets: 2,
    width: splits * layout.groups,
    height: 1,
  };
}

/** Sums of each channel over parts of the batch. x: [batch, h, w, channels] -> parts side by side */
export function columnSums(layout: ImageLayout, splits: number): Kernel {
  const body = `
void main() {
  vec4 sum = vec4(0.0);
  ${overPixels(layout, splits, (r) => `sum += ${here('x', layout, r)};`)}
  o0 = sum;
}`;
  const [width, height] = [splits * layout.groups, 1];
  return { name: 'column sums', body, inputs: { x: 'rgba32f' }, targets: 1, width, height };
}

/**
 * Mean and 1 / sqrt(variance + epsilon) of the batch, and the moving statistics' next values, which follow as in Keras:
 * `moving * momentum + batch * (1 - momentum)`, with the variance that divides by the number of values.
 *
 * sums, squares: of `batchSums`, x, moving: [2, channels] -> o0: (mean, deviationInverse), o1: moving
 */
export function batchStatistics(
  layout: ImageLayout,
  splits: number,
  { epsilon, momentum }: { readonly epsilon: number; readonly momentum: number },
): Kernel {
  const count = layout.batch * layout.height * layout.width;
  const body = `
void main() {
  vec4 sum = vec4(0.0);
  vec4 square = vec4(0.0);
  for (int s = 0; s < ${splits}; s++) {
    sum += texelFetch(sums, ivec3(s * ${layout.groups} + frag.x, 0, 0), 0);
    square += texelFetch(squares, ivec3(s * ${layout.groups} + frag.x, 0, 0), 0);
  }
  vec4 shift = sum / ${count}.0;
  vec4 mean = shift + texelFetch(x, ivec3(frag.x, 0, 0), 0);
  vec4 variance = max(square / ${count}.0 - shift * shift, 0.0);
  bool first = frag.y == 0;
  o0 = first ? mean : inversesqrt(variance + ${float(epsilon)});
  o1 = mix(first ? mean : variance, texelFetch(moving, ivec3(frag, 0), 0), ${float(momentum)});
}`;
  return {
    name: 'batch statistics',
    body,
    inputs: { sums: 'rgba32f', squares: 'rgba32f', x: 'rgba32f', moving: 'rgba32f' },
    targets: 2,
    width: layout.groups,
    height: 2,
  };
}

/**
 * y = activate((x - mean) * deviationInverse * gamma + beta). statistics: of the batch, or in inference `moving`;
 * parameters: gamma and beta -> the same layout
 */
export function normalize(
  layout: ImageLayout,
  activation: FusedActivation,
  judged: { readonly epsilon: number } | null,
): Kernel {
  const second = 'texelFetch(statistics, ivec3(c, 1, 0), 0)';
  const inverse = judged ? `inversesqrt(${second} + ${float(judged.epsilon)})` : second;
  const kernel = elementwise(layout, {
    name: 'normalize',
    inputs: { v: layout },
    prelude: activateFunction(activation),
    result: `activate((v - texelFetch(statistics, ivec3(c, 0, 0), 0)) * ${inverse} * texelFetch(parameters, ivec3(c, 0, 0), 0)
        + texelFetch(parameters, ivec3(c, 1, 0), 0)) * ${laneMask(layout.channels, 'c')}`,
  });
  return { ...kernel, inputs: { ...kernel.inputs, statistics: 'rgba32f', parameters: 'rgba32f' } };
}

/**
 * The gradient of the input where given statistics normalise, times the slope of the activation that made the input:
 * `gamma * dy / sqrt(variance + epsilon)`.
 *
 * dy: the gradient in layout `gradient`, v: the input, statistics: moving, parameters -> a gradient in the layout of v
 */
export function scaleGradient(
  layout: ImageLayout,
  gradient: ImageLayout,
  activation: FusedActivation,
  { epsilon }: { readonly epsilon: number },
): Kernel {
  const kernel = elementwise(layout, {
    name: 'scale gradient',
    inputs: { dy: gradient, v: layout },
    prelude: slopeFunction(activation),
    result: `dy * texelFetch(parameters, ivec3(c, 0, 0), 0) * inversesqrt(texelFetch(statistics, ivec3(c, 1, 0), 0) + ${float(epsilon)})
        * slope(v) * ${laneMask(layout.channels, 'c')}`,
  });
  return { ...kernel, inputs: { ...kernel.inputs, statistics: 'rgba32f', parameters: 'rgba32f' } };
}

/**
 * Sums over parts of the batch of dy * xhat, the gradient of gamma, and of dy, the gradient of beta.
 *
 * dy: the gradient in layout `gradient`, x, statistics -> o0: of gamma, o1: of beta, parts side by side
 */
export function normalizeSums(layout: ImageLayout, gradient: ImageLayout, splits: number): Kernel {
  const dy = (r: number) =>
    gradient.ways === layout.ways
      ? here('dy', gradient, r)
      : texelAt('dy', gradient, `(xb * ${layout.ways} + ${r})`, 'row');
  const body = `
void main() {
  vec4 gamma = vec4(0.0);
  vec4 beta = vec4(0.0);
  vec4 mean = texelFetch(statistics, ivec3(frag.x % ${layout.groups}, 0, 0), 0);
  vec4 inverse = texelFetch(statistics, ivec3(frag.x % ${layout.groups}, 1, 0), 0);
  ${overPixels(layout, splits, (r) => `vec4 d = ${dy(r)}; gamma += d * (${here('x', layout, r)} - mean); beta += d;`)}
  o0 = gamma * inverse;
  o1 = beta;
}`;
  return {
    name: 'normalize sums',
    body,
    inputs: { dy: 'rgba32f', x: 'rgba32f', statistics: 'rgba32f' },
    targets: 2,
    width: splits * layout.groups,
    height: 1,
  };
}

/** The whole sums: texture row 0 for gamma, 1 for beta, as `optimizerStep` takes them with `parameterSums`. */
export function normalizeTotals(layout: ImageLayout, splits: number): Kernel {
  const body = `
void main() {
  vec4 sum = vec4(0.0);
  for (int s = 0; s < ${splits}; s++) {
    ivec3 at = ivec3(s * ${layout.groups} + frag.x, 0, 0);
    sum += frag.y == 0 ? texelFetch(gammas, at, 0) : texelFetch(betas, at, 0);
  }
  o0 = sum;
}`;
  return {
    name: 'normalize totals',
    body,
    inputs: { gammas: 'rgba32f', betas: 'rgba32f' },
    targets: 1,
    width: layout.groups,
    height: 2,
  };
}

/** The layout of `normalizeTotals` for the optimizer: one part, gamma above beta. */
export function parameterSums({ groups }: ImageLayout): PartialLayout {
  const at = 'ivec3(column, row, 0)';
  return { splits: 1, rows: 1, width: groups, height: 2, weightAt: at, biasAt: at };
}

/**
 * The gradient of the input, including its effect on the statistics, times the slope of the activation that made the
 * input: `gamma * inverse * (dy - sum(dy) / count - xhat * sum(dy * xhat) / count)`.
 *
 * dy: the gradient in layout `gradient`, v: the input, totals, statistics, parameters -> a gradient in the layout of v
 */
export function normalizeGradient(layout: ImageLayout, gradient: ImageLayout, activation: FusedActivation): Kernel {
  const count = `${layout.batch * layout.height * layout.width}.0`;
  const kernel = elementwise(layout, {
    name: 'normalize gradient',
    inputs: { dy: gradient, v: layout },
    prelude: `${slopeFunction(activation)}
vec4 through(vec4 dy, vec4 v, int c) {
  vec4 inverse = texelFetch(statistics, ivec3(c, 1, 0), 0);
  vec4 hat = (v - texelFetch(statistics, ivec3(c, 0, 0), 0)) * inverse;
  vec4 shared = texelFetch(totals, ivec3(c, 1, 0), 0) + hat * texelFetch(totals, ivec3(c, 0, 0), 0);
  return texelFetch(parameters, ivec3(c, 0, 0), 0) * inverse * (dy - shared / ${count});
}`,
    result: `through(dy, v, c) * slope(v) * ${laneMask(layout.channels, 'c')}`,
  });
  const more = { totals: 'rgba32f', statistics: 'rgba32f', parameters: 'rgba32f' } as const;
  return { ...kernel, inputs: { ...kernel.inputs, ...more } };
}
