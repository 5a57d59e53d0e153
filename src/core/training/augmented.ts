import type { AugmentationParameters, Erased, ImageSize } from './augmentation-parameters.ts';

/**
 * An image [height, width, channels] of values from 0 to 255 after augmentation, as values from 0 to 1. `noise` fills what is erased, by the
 * place of the value. All channels of a pixel come from the same place.
 */
export function augmented(
  pixels: Uint8Array | Float32Array,
  { flip, shift: [dx, dy], angle, scale, brightness, erased }: AugmentationParameters,
  noise: (place: number) => number,
  size: ImageSize,
): Float32Array<ArrayBuffer> {
  const { height, width, channels } = size;
  const [middle, centre] = [(width - 1) / 2, (height - 1) / 2];
  const [sine, cosine] = [sineOf(angle) / scale, cosineOf(angle) / scale];
  const result = new Float32Array(height * width * channels);
  for (let place = 0; place < result.length; place++) {
    const [pixel, channel] = [Math.floor(place / channels), place % channels];
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const [u, v] = [x - middle - dx, y - centre - dy];
    const across = cosine * u + sine * v;
    const from = [middle + (flip ? -across : across), centre + cosine * v - sine * u] as const;
    const value = mixed((column, row) => valueAt(pixels, size, column, row, channel), from);
    result[place] = isIn(erased, x, y) ? noise(place) : Math.min(1, (value * brightness) / 255);
  }
  return result;
}

/** The value between pixels: the four around a place, each the more the nearer. */
function mixed(lookUp: (x: number, y: number) => number, [x, y]: readonly [number, number]): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, bottom] = [x - left, y - top];
  const above = lookUp(left, top) * (1 - right) + lookUp(left + 1, top) * right;
  const below = lookUp(left, top + 1) * (1 - right) + lookUp(left + 1, top + 1) * right;
  return above * (1 - bottom) + below * bottom;
}

/** A value of an image; black outside. */
function valueAt(
  pixels: Uint8Array | Float32Array,
  { height, width, channels }: ImageSize,
  x: number,
  y: number,
  channel: number,
): number {
  return x < 0 || y < 0 || x >= width || y >= height ? 0 : (pixels[(y * width + x) * channels + channel] ?? 0);
}

function isIn(erased: Erased | null, x: number, y: number): boolean {
  return erased !== null && x >= erased.left && x < erased.right && y >= erased.top && y < erased.bottom;
}

/** Taylor's polynomials, exact to 4e-7 up to a quarter of pi. */
function sineOf(t: number): number {
  const s = t * t;
  return t * (1 - (s / 6) * (1 - (s / 20) * (1 - s / 42)));
}

function cosineOf(t: number): number {
  const s = t * t;
  return 1 - (s / 2) * (1 - (s / 12) * (1 - (s / 30) * (1 - s / 56)));
}
