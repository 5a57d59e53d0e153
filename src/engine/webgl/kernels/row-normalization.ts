import { decode, float, type Kernel, laneMask, repeat } from '../kernel.ts';
import { extentOf, type ImageLayout, layoutOf } from '../layout.ts';
import { elementwise } from './elementwise.ts';
import { texelAt } from './pixel.ts';

/** How two numbers for each pixel of images lie. */
export function pairOfEach({ batch, height, width, ways }: ImageLayout): ImageLayout {
  return layoutOf(batch, [height, width, 2], ways);
}

/** GLSL: what one pixel's numbers are. */
function pairAt(name: string, layout: ImageLayout): string {
  return texelAt(name, pairOfEach(layout), 'x', `n * ${layout.height} + y`, '0');
}

/** A kernel that computes a texel for each pixel; `body` sets `result` from group `g` of it, at `at`. */
function byPixel(layout: ImageLayout, name: string, inputs: readonly string[], body: string): Kernel {
  const pairs = pairOfEach(layout);
  const { width, height, layers } = extentOf(pairs);
  const code = `
vec4 pairOf(int n, int y, int xb, int r) {
  int x = xb * ${layout.ways} + r;
  int row = n * ${layout.height} + y;
  vec4 result = vec4(0.0);
  ${body}
  return result;
}
void main() {
  ${decode(pairs)}
  ${repeat(layers, (r) => `o${r} = xb * ${layout.ways} + ${r} < ${layout.width} ? pairOf(n, y, xb, ${r}) : vec4(0.0);`)}
}`;
  const samplers = Object.fromEntries(inputs.map((input) => [input, 'rgba32f' as const]));
  return { name, body: code, inputs: samplers, targets: layers, width, height };
}

/** GLSL: a loop over the channel groups `c` of a pixel, with the value `v` of group c of `x`. */
function overGroups(layout: ImageLayout, visit: string): string {
  return `for (int c = 0; c < ${layout.groups}; c++) {
    vec4 mask = ${laneMask(layout.channels, 'c')};
    vec4 v = texelFetch(x_, ivec3(xb * ${layout.groups} + c, row, r), 0);
    ${visit}
  }`;
}

/** Mean and 1 / sqrt(variance + epsilon) of each pixel's channels. x -> `pairOfEach` */
export function rowStatistics(layout: ImageLayout, epsilon: number): Kernel {
  const { channels } = layout;
  return byPixel(
    layout,
    'row statistics',
    ['x_'],
    `float sum = 0.0;
  ${overGroups(layout, 'sum += dot(v, mask);')}
  float mean = sum / ${channels}.0;
  float squares = 0.0;
  ${overGroups(layout, 'vec4 d = (v - mean) * mask; squares += dot(d, d);')}
  result = vec4(mean, inversesqrt(squares / ${channels}.0 + ${float(epsilon)}), 0.0, 0.0);`,
  );
}

/** y = (x - mean) * inverse * gamma + beta. statistics: of `rowStatistics`, gamma, beta: a value for each channel -> the same layout */
export function normalizeRows(layout: ImageLayout): Kernel {
  const kernel = elementwise(layout, {
    name: 'normalize rows',
    inputs: { v: layout },
    prelude: `vec4 normalized(vec4 v, int n, int y, int x, int c) {
  vec4 known = ${pairAt('statistics', layout)};
  return (v - known.x) * known.y * texelFetch(gamma, ivec3(c, 0, 0), 0) + texelFetch(beta, ivec3(c, 0, 0), 0);
}`,
    result: `normalized(v, n, y, x, c) * ${laneMask(layout.channels, 'c')}`,
  });
  return { ...kernel, inputs: { ...kernel.inputs, statistics: 'rgba32f', gamma: 'rgba32f', beta: 'rgba32f' } };
}

/** The means of dy * gamma, and of that times the normalised values. x, dy: in one layout, statistics, gamma -> `pairOfEach` */
export function rowGradientMeans(layout: ImageLayout): Kernel {
  const { channels, groups } = layout;
  return byPixel(
    layout,
    'row gradient means',
    ['x_', 'dy_', 'statistics', 'gamma'],
    `vec4 known = ${pairAt('statistics', layout)};
  vec2 sums = vec2(0.0);
  ${overGroups(
    layout,
    `vec4 g = texelFetch(dy_, ivec3(xb * ${groups} + c, row, r), 0) * texelFetch(gamma, ivec3(c, 0, 0), 0) * mask;
    sums += vec2(dot(g, vec4(1.0)), dot(g, (v - known.x) * known.y));`,
  )}
  result = vec4(sums / ${channels}.0, 0.0, 0.0);`,
  );
}

/** dx = inverse * (dy gamma - mean - hat * mean'). x, dy, statistics, means: of `rowGradientMeans`, gamma -> the same layout */
export function normalizeRowsGradient(layout: ImageLayout): Kernel {
  const kernel = elementwise(layout, {
    name: 'normalize rows gradient',
    inputs: { v: layout, dy: layout },
    prelude: `vec4 through(vec4 v, vec4 dy, int n, int y, int x, int c) {
  vec4 known = ${pairAt('statistics', layout)};
  vec4 both = ${pairAt('means', layout)};
  vec4 hat = (v - known.x) * known.y;
  return known.y * (dy * texelFetch(gamma, ivec3(c, 0, 0), 0) - both.x - hat * both.y);
}`,
    result: `through(v, dy, n, y, x, c) * ${laneMask(layout.channels, 'c')}`,
  });
  return { ...kernel, inputs: { ...kernel.inputs, statistics: 'rgba32f', means: 'rgba32f', gamma: 'rgba32f' } };
}

/** dy times the normalised values. x, dy, statistics -> the same layout */
export function scaledGradient(layout: ImageLayout): Kernel {
  const kernel = elementwise(layout, {
    name: 'scaled gradient',
    inputs: { v: layout, dy: layout },
    prelude: `vec4 scaled(vec4 v, vec4 dy, int n, int y, int x) {
  vec4 known = ${pairAt('statistics', layout)};
  return dy * (v - known.x) * known.y;
}`,
    result: `scaled(v, dy, n, y, x) * ${laneMask(layout.channels, 'c')}`,
  });
  return { ...kernel, inputs: { ...kernel.inputs, statistics: 'rgba32f' } };
}
