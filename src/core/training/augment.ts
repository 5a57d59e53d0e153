import { IMAGE_BYTES } from '../dataset/stream-events.ts';
import { type RandomKey, uint32At } from '../random.ts';
import type { AugmentationSpec } from './augmentation.ts';

/**
 * The reference for augmentation, written so that a shader can do the same to the last bit but rounding.
 *
 * Chance: image i of a batch has the numbers 16 i ... 16 i + 15 of the stream
 * `streamKey(seed, 'augmentation', epoch, step)`, of which each is used by its upper 24 bits, as an integer u. What must
 * be whole or a decision is drawn from u in integers, `(u * n) >> 24`, because a float would round differently here and
 * there; what is continuous is drawn as `2 u / 2^24 - 1`.
 *
 * Order: mirrored, scaled, turned, moved, made brighter, erased. A pixel of the result looks up where it came from, and
 * mixes the four pixels around that place (bilinear, black outside); without turning and scaling the place is exactly a
 * pixel. Sine and cosine are polynomials, because those of a GPU are not exact enough to agree on.
 */

/** The side of an image in pixels, and the middle between its first and its last one. */
const SIDE = 28;
const CENTRE = (SIDE - 1) / 2;

/** Numbers of the stream that belong to one image. */
const NUMBERS_PER_IMAGE = 16;

/** Where the stream's noise for erased rectangles begins: 784 numbers an image, of which the upper 8 bits are a gray. */
export const ERASE_NOISE_START = 0x1000000;

/** The sides of an erased rectangle: from so many pixels on, so many sizes; 2 to 25 % of the image. */
const ERASE_SIDE = { least: 4, sizes: 11 } as const;

/** A rectangle in pixels; `right` and `bottom` are exclusive. */
export interface Erased {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What happens to one image. */
export interface AugmentationParameters {
  readonly flip: boolean;
  /** Whole pixels to the right and down. */
  readonly shift: readonly [number, number];
  /** Clockwise, in radians, at most a quarter of pi. */
  readonly angle: number;
  /** Above 1 enlarges. */
  readonly scale: number;
  /** What gray values are multiplied by, up to white. */
  readonly brightness: number;
  readonly erased: Erased | null;
}

/** What happens to image `index` of a batch. Pure: a function of the stream alone. */
export function parametersOf(spec: AugmentationSpec, key: RandomKey, index: number): AugmentationParameters {
  const bits = (j: number) => uint32At(key, index * NUMBERS_PER_IMAGE + j) >>> 8;
  const whole = (j: number, n: number) => Math.floor((bits(j) * n) / 0x1000000);
  const even = (j: number) => bits(j) / 0x800000 - 1;
  const width = ERASE_SIDE.least + whole(7, ERASE_SIDE.sizes);
  const height = ERASE_SIDE.least + whole(8, ERASE_SIDE.sizes);
  const left = whole(9, SIDE - width + 1);
  const top = whole(10, SIDE - height + 1);
  return {
    flip: spec.flip && whole(0, 2) === 1,
    shift: [whole(1, 2 * spec.shift + 1) - spec.shift, whole(2, 2 * spec.shift + 1) - spec.shift],
    angle: (even(3) * spec.rotation * Math.PI) / 180,
    scale: 1 + even(4) * spec.scale,
    brightness: 1 + even(5) * spec.brightness,
    erased: bits(6) < eraseThreshold(spec) ? { left, top, right: left + width, bottom: top + height } : null,
  };
}

/** An image is erased when its number 6 is below this: the share of images in 24 bits. */
export function eraseThreshold({ erase }: AugmentationSpec): number {
  return Math.round(erase * 0x1000000);
}

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

/** Image `index` of a batch, augmented as the stream has it: gray values from 0 to 1, [784]. */
export function augmentImage(
  pixels: Uint8Array,
  spec: AugmentationSpec,
  key: RandomKey,
  index: number,
): Float32Array<ArrayBuffer> {
  const first = ERASE_NOISE_START + index * IMAGE_BYTES;
  return augmented(pixels, parametersOf(spec, key, index), (pixel) => (uint32At(key, first + pixel) >>> 24) / 255);
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
