import { IMAGE_BYTES } from '../dataset/stream-events.ts';
import type { AugmentationParameters, Erased } from './augmentation-parameters.ts';

/** The pixels of an augmented image. `augment.ts` says in which order and why so. */

/** The side of an image in pixels, and the middle between its first and its last one. */
const SIDE = 28;
const CENTRE = (SIDE - 1) / 2;

/** An image [784] of bytes after augmentation, as gray values from 0 to 1: [784]. `noise` fills what is erased, by pixel. */
export function augmented(
  pixels: Uint8Array,
  { flip, shift: [dx, dy], angle, scale, brightness, erased }: AugmentationParameters,
  noise: (pixel: number) => number,
): Float32Array<ArrayBuffer> {
  const [sine, cosine] = [sineOf(angle) / scale, cosineOf(angle) / scale];
  const result = new Float32Array(IMAGE_BYTES);
  for (let pixel = 0; pixel < IMAGE_BYTES; pixel++) {
    const [x, y] = [pixel % SIDE, Math.floor(pixel / SIDE)];
    const [u, v] = [x - CENTRE - dx, y - CENTRE - dy];
    const across = cosine * u + sine * v;
    const gray = mixed(pixels, CENTRE + (flip ? -across : across), CENTRE + cosine * v - sine * u);
    result[pixel] = isIn(erased, x, y) ? noise(pixel) : Math.min(1, (gray * brightness) / 255);
  }
  return result;
}

/** The gray value between pixels: the four around a place, each the more the nearer; black outside. */
function mixed(pixels: Uint8Array, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, bottom] = [x - left, y - top];
  const above = grayAt(pixels, left, top) * (1 - right) + grayAt(pixels, left + 1, top) * right;
  const below = grayAt(pixels, left, top + 1) * (1 - right) + grayAt(pixels, left + 1, top + 1) * right;
  return above * (1 - bottom) + below * bottom;
}

function grayAt(pixels: Uint8Array, x: number, y: number): number {
  return x < 0 || y < 0 || x >= SIDE || y >= SIDE ? 0 : (pixels[y * SIDE + x] ?? 0);
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
