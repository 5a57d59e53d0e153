import { decode, type Kernel, repeat } from '../kernel.ts';
import { extentOf, type ImageLayout } from '../layout.ts';
import { type FusedActivation, slopeFunction } from './activations.ts';

/** GLSL `float valueAt(int n, int i)`: value i of image n, row by row, from a texture in this layout. */
export function valueAt(name: string, { width, height, channels, ways, groups }: ImageLayout): string {
  return `float valueAt(int n, int i) {
  int ch = i % ${channels};
  int x = i / ${channels} % ${width};
  int y = i / ${width * channels};
  return texelFetch(${name}, ivec3(x / ${ways} * ${groups} + ch / 4, n * ${height} + y, x % ${ways}), 0)[ch % 4];
}`;
}

/**
 * The same values in another layout, such as an image of several ways as a flat vector; both have as many values. The
 * gradient is repacked by the same kernel, times the slope of the activation that made the values.
 *
 * from: a texture of layout `from`, x: what `repack` was given, unless the activation is linear -> layout `to`
 */
export function repack(from: ImageLayout, to: ImageLayout, activation: FusedActivation = 'linear'): Kernel {
  const { width, height, layers } = extentOf(to);
  const size = to.height * to.width * to.channels;
  const linear = activation === 'linear';
  const lane = (j: number) => `c * 4 + ${j} < ${to.channels} ? valueAt(n, first + ${j}) : 0.0`;
  const body = `
${valueAt('source', from)}
${slopeFunction(activation)}
void main() {
  ${decode(to)}
  ${repeat(
    layers,
    (r) => `{
    int x = xb * ${to.ways} + ${r};
    int first = min((y * ${to.width} + x) * ${to.channels} + c * 4, ${size - 1});
    vec4 values = vec4(${repeat(4, lane, ', ')});
    o${r} = x < ${to.width} ? values${linear ? '' : ` * slope(texelFetch(x_, ivec3(frag, ${r}), 0))`} : vec4(0.0);
  }`,
  )}
}`;
  const x = linear ? {} : ({ x_: 'rgba32f' } as const);
  return { name: 'repack', body, inputs: { source: 'rgba32f', ...x }, targets: layers, width, height };
}
