import type { Kernel } from '../kernel.ts';
import type { WeightLayout } from './conv-shape.ts';

/** average + share (weight - average); the uniform `share`. weight, averaged: texels of one layout -> the same */
export function average({ columns, biasRow }: WeightLayout): Kernel {
  const body = `
uniform float share;
void main() {
  vec4 known = texelFetch(averaged, ivec3(frag, 0), 0);
  o0 = share == 1.0 ? texelFetch(weight, ivec3(frag, 0), 0) : known + share * (texelFetch(weight, ivec3(frag, 0), 0) - known);
}`;
  const inputs = { averaged: 'rgba32f', weight: 'rgba32f' } as const;
  return { name: 'average', body, inputs, targets: 1, width: columns, height: biasRow + 1 };
}
