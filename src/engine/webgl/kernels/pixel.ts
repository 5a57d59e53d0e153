import type { ImageLayout } from '../layout.ts';

/**
 * GLSL: channel group `group` of pixel `x` in texture row `row` of an image in any layout. Costs a division where the
 * layout has several ways; kernels that walk along a row use `fetchPixel`, which knows most of it in advance.
 */
export function texelAt(name: string, { ways, groups }: ImageLayout, x: string, row: string, group = 'c'): string {
  const column = ways === 1 ? x : `(${x} / ${ways})`;
  const layer = ways === 1 ? '0' : `${x} % ${ways}`;
  return `texelFetch(${name}, ivec3(${column} * ${groups} + ${group}, ${row}, ${layer}), 0)`;
}
