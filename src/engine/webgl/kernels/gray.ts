import { repeat } from '../kernel.ts';
import { type ImageLayout, layoutOf } from '../layout.ts';
import type { Seen } from '../views.ts';

/** Gray images with four neighbouring pixels of a row in a texel, as they are stored; null where rows are not whole texels. */
export function packedGray({ batch, height, width, channels }: Seen): ImageLayout | null {
  return channels === 1 && width % 4 === 0 ? layoutOf(batch, [height, width / 4, 4]) : null;
}

/** Whether the images that a convolution of `inputs` channels reads lie as `packedGray` says. */
export function isPackedGray({ channels }: ImageLayout, inputs: number): boolean {
  return channels > inputs;
}

/**
 * GLSL: `count` neighbouring pixels of row `row` from pixel `first` on, which need not begin a texel, in the lanes of `NAME0`, `NAME1` ...: see
 * `grayPixel`. Those outside of the image are 0.
 */
export function grayPixels(
  name: string,
  { columns }: ImageLayout,
  { row, first, count }: { readonly row: string; readonly first: string; readonly count: number },
): string {
  const texels = Math.ceil((count + 3) / 4);
  const fetch = (i: number) => {
    const column = `(${name}_first >> 2) + ${i}`;
    const texel = `texelFetch(x, ivec3(clamp(${column}, 0, ${columns - 1}), ${row}, 0), 0)`;
    return `vec4 ${name}${i} = mix(vec4(0.0), ${texel}, bvec4(${column} >= 0 && ${column} < ${columns}));`;
  };
  // Shifted by two lanes, and by one. What comes into the last texel is not among the pixels.
  const shifted = (bit: number, lanes: string, next: string) =>
    repeat(texels, (i) => {
      const own = `${name}${i}`;
      return `${own} = mix(${own}, vec4(${own}.${lanes}, ${name}${Math.min(i + 1, texels - 1)}.${next}), bvec4((${name}_first & ${bit}) != 0));`;
    });
  return `int ${name}_first = ${first};
  ${repeat(texels, fetch)}
  ${shifted(2, 'zw', 'xy')}
  ${shifted(1, 'yzw', 'x')}`;
}

/** GLSL of pixel `i` among them. */
export function grayPixel(name: string, i: number): string {
  return `${name}${Math.floor(i / 4)}.${'xyzw'[i % 4]}`;
}
