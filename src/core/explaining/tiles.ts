import type { Shape } from '../network/shape.ts';

/** Small pictures of one size, such as the channels of an image or the kernels of a layer. */
export interface Tiles {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** [count, height, width]. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** Values of one image that leave a layer: a tile for each channel, for each unit of a row one of a single pixel. */
export function channelTiles(values: Float32Array, shape: Shape): Tiles {
  const [height = 1, width = 1, count = 1] = shape.length === 1 ? [1, 1, shape[0]] : shape;
  return tilesOf(values, { count, height, width });
}

/** The values of a tile: [height, width]. */
export function tileAt({ height, width, values }: Tiles, index: number): Float32Array {
  return values.subarray(index * height * width, (index + 1) * height * width);
}

/** Pixel after pixel of all tiles side by side, as tile after tile. `stride`: numbers from one pixel to the next. */
export function tilesOf(
  values: Float32Array,
  { count, height, width }: Omit<Tiles, 'values'>,
  stride: number = count,
): Tiles {
  const size = height * width;
  const apart = new Float32Array(count * size);
  for (let tile = 0; tile < count; tile++) {
    for (let at = 0; at < size; at++) apart[tile * size + at] = values[at * stride + tile] ?? Number.NaN;
  }
  return { count, height, width, values: apart };
}

/** The largest distance from 0; NaN where a value is not a number. */
export function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
