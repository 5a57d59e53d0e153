import type { ImageLayout } from '../layout.ts';
import type { ConvShape } from './conv-shape.ts';

/**
 * GLSL: channel group `group` of pixel `x` in texture row `row` of an image in any layout. Costs a division where the
 * layout has several ways; kernels that walk along a row use `fetchPixel`, which knows most of it in advance.
 */
export function texelAt(name: string, { ways, groups }: ImageLayout, x: string, row: string, group = 'c'): string {
  const column = ways === 1 ? x : `(${x} / ${ways})`;
  const layer = ways === 1 ? '0' : `${x} % ${ways}`;
  return `texelFetch(${name}, ivec3(${column} * ${groups} + ${group}, ${row}, ${layer}), 0)`;
}

/** GLSL: a loop over the taps, with the pixel (iy, ix) under each where it lies in the image. */
export function overTaps({ input, window, padTop, padLeft }: ConvShape, visit: string): string {
  const { size, strides, dilation } = window;
  return `for (int ky = 0; ky < ${size}; ky++) {
    int iy = y * ${strides} + ky * ${dilation} - ${padTop};
    if (iy < 0 || iy >= ${input.height}) continue;
    for (int kx = 0; kx < ${size}; kx++) {
      int ix = xb * ${strides} + kx * ${dilation} - ${padLeft};
      if (ix < 0 || ix >= ${input.width}) continue;
      ${visit}
    }
  }`;
}

/** GLSL: a loop over the taps, with the pixel (oy, ox) of the result that each adds pixel (y, xb) of the image to, where there is one. */
export function overResults({ output, window, padTop, padLeft }: ConvShape, visit: string): string {
  const { size, strides, dilation } = window;
  return `for (int ky = 0; ky < ${size}; ky++) {
    int ty = y + ${padTop} - ky * ${dilation};
    int oy = ty / ${strides};
    if (ty < 0 || ty % ${strides} != 0 || oy >= ${output.height}) continue;
    for (int kx = 0; kx < ${size}; kx++) {
      int tx = xb + ${padLeft} - kx * ${dilation};
      int ox = tx / ${strides};
      if (tx < 0 || tx % ${strides} != 0 || ox >= ${output.width}) continue;
      ${visit}
    }
  }`;
}
