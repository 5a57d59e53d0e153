import { type Kernel, laneMask } from '../kernel.ts';
import type { ImageLayout } from '../layout.ts';
import { elementwise } from './elementwise.ts';

/** The softmax of each vector. x: [rows, columns] -> the same layout */
export function rowSoftmax(layout: ImageLayout): Kernel {
  const { channels, groups } = layout;
  return elementwise(layout, {
    name: 'row softmax',
    inputs: { z: layout },
    prelude: `float largest(vec4 v, vec4 mask) {
  vec4 known = mix(vec4(-3.0e38), v, bvec4(mask));
  return max(max(known.x, known.y), max(known.z, known.w));
}
vec4 shareOf(vec4 z, int n, int c) {
  float top = -3.0e38;
  for (int g = 0; g < ${groups}; g++) top = max(top, largest(texelFetch(z_, ivec3(g, n, 0), 0), ${laneMask(channels, 'g')}));
  float total = 0.0;
  for (int g = 0; g < ${groups}; g++) total += dot(exp(texelFetch(z_, ivec3(g, n, 0), 0) - top), ${laneMask(channels, 'g')});
  return exp(z - top) / total;
}`,
    result: `shareOf(z, n, c) * ${laneMask(channels, 'c')}`,
  });
}

/** dx = y * (dy - sum(dy * y)), vector by vector. y: of `rowSoftmax`, dy: in the same layout -> the same layout */
export function rowSoftmaxGradient(layout: ImageLayout): Kernel {
  return elementwise(layout, {
    name: 'row softmax gradient',
    inputs: { v: layout, dy: layout },
    prelude: `float mutual(int n) {
  float sum = 0.0;
  for (int g = 0; g < ${layout.groups}; g++) {
    sum += dot(texelFetch(v_, ivec3(g, n, 0), 0), texelFetch(dy_, ivec3(g, n, 0), 0));
  }
  return sum;
}`,
    result: 'v * (dy - mutual(n))',
  });
}
