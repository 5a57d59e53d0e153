import type { Shape } from '../../core/network/shape.ts';
import type { Extent } from './fold.ts';

/**
 * How a batch of images [batch, height, width, channels] lies in a texture array. Four neighbouring channels share a
 * texel, a `group`. Texture row `n * height + y` holds row y of image n, and pixel x of it lies in layer `x % ways` at
 * column `floor(x / ways)`, so that a kernel that draws `ways` targets at once writes `ways` neighbouring pixels.
 * Lanes past the last channel and pixels past the last column are always exactly 0.
 *
 * A vector of units is an image of one pixel. With `ways` 1 an image lies in memory exactly like its flattened vector.
 */
export interface ImageLayout {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly ways: number;
  /** Texels for the channels of a pixel. */
  readonly groups: number;
  /** Texture columns, in pixels, of one layer. */
  readonly columns: number;
}

/** The layout of a batch of samples of the given shape: `[height, width, channels]` or `[units]`. */
export function layoutOf(batch: number, shape: Shape, ways = 1): ImageLayout {
  const [height, width, channels] = shape.length === 1 ? [1, 1, shape[0]] : shape;
  if (height === undefined || width === undefined || channels === undefined) {
    throw new RangeError(`Kernels know images and vectors, not tensors of rank ${shape.length}.`);
  }
  const groups = Math.ceil(channels / 4);
  return { batch, height, width, channels, ways, groups, columns: Math.ceil(width / ways) };
}

/** The texture that a layout needs. */
export function extentOf({ batch, height, columns, groups, ways }: ImageLayout): Extent {
  return { width: columns * groups, height: batch * height, layers: ways };
}

/** Whether a layout is in the order of its flattened vector, without gaps. */
export function isFlat({ ways, width, channels, height }: ImageLayout): boolean {
  return ways === 1 && (channels % 4 === 0 || width * height === 1);
}

/**
 * How many neighbouring pixels a fragment should compute in a row of `width`: more reuse each texel that is fetched, and
 * those past the end of the row are wasted. Convolution by 3 fetches `ways + 2` pixels and 12 weights for `ways` results.
 */
export function bestWays(width: number, maxTargets: number): number {
  const cost = (ways: number) => Math.ceil(width / ways) * (ways + 14);
  const choices = Array.from({ length: Math.min(maxTargets, width) }, (_, i) => i + 1);
  return choices.reduce((best, ways) => (cost(ways) <= cost(best) ? ways : best), 1);
}

/** Values [batch, height, width, channels] as texels, layer after layer. */
export function toTexels(layout: ImageLayout, values: ArrayLike<number>): Float32Array<ArrayBuffer> {
  const { width, height, layers } = extentOf(layout);
  const texels = new Float32Array(width * height * layers * 4);
  forEachValue(layout, (value, texel) => {
    texels[texel] = values[value] ?? 0;
  });
  return texels;
}

/** The inverse of `toTexels`. */
export function fromTexels(layout: ImageLayout, texels: ArrayLike<number>): Float32Array<ArrayBuffer> {
  const values = new Float32Array(layout.batch * layout.height * layout.width * layout.channels);
  forEachValue(layout, (value, texel) => {
    values[value] = texels[texel] ?? 0;
  });
  return values;
}

function forEachValue(layout: ImageLayout, visit: (value: number, texel: number) => void): void {
  const { batch, height, width, channels, ways, groups, columns } = layout;
  const plane = columns * groups * batch * height * 4;
  let value = 0;
  for (let row = 0; row < batch * height; row++) {
    for (let x = 0; x < width; x++) {
      const start = (x % ways) * plane + (row * columns + Math.floor(x / ways)) * groups * 4;
      for (let c = 0; c < channels; c++) visit(value++, start + c);
    }
  }
}
