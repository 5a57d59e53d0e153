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
  let place = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isErased = isIn(erased, x, y);
      const u = x - middle - dx;
      const v = y - centre - dy;
      const across = cosine * u + sine * v;
      const column = middle + (flip ? -across : across);
      const row = centre + cosine * v - sine * u;
      for (let channel = 0; channel < channels; channel++) {
        const value = isErased ? 0 : mixed(pixels, size, column, row, channel);
        result[place] = isErased ? noise(place) : Math.min(1, (value * brightness) / 255);
        place += 1;
      }
    }
  }
  return result;
}

/** The value between pixels: the four around a place, each the more the nearer. */
function mixed(
  pixels: Uint8Array | Float32Array,
  size: ImageSize,
  column: number,
  row: number,
  channel: number,
): number {
  const left = Math.floor(column);
  const top = Math.floor(row);
  const right = column - left;
  const bottom = row - top;
  const corner = valueAt(pixels, size, left, top, channel);
  if (right === 0 && bottom === 0) return corner;
  const above = corner * (1 - right) + valueAt(pixels, size, left + 1, top, channel) * right;
  const below =
    valueAt(pixels, size, left, top + 1, channel) * (1 - right) +
    valueAt(pixels, size, left + 1, top + 1, channel) * right;
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
