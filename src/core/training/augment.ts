import type { ImageSamples } from '../dataset/spec.ts';
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

/** How large images are. */
export type ImageSize = Pick<ImageSamples, 'height' | 'width' | 'channels'>;

/** Numbers of the stream that belong to one image. */
const NUMBERS_PER_IMAGE = 16;

/** Where the stream's noise for erased rectangles begins: a number for each value of an image, of which the upper 8 bits count. */
export const ERASE_NOISE_START = 0x1000000;

/** Along a side of the image, an erased rectangle has one of `sizes` lengths from `least` pixels on: a seventh to a half of it. */
export function erasedLengths(side: number): { readonly least: number; readonly sizes: number } {
  return { least: Math.max(1, Math.round(side / 7)), sizes: Math.max(1, Math.round((11 * side) / 28)) };
}

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
export function parametersOf(
  spec: AugmentationSpec,
  key: RandomKey,
  index: number,
  size: ImageSize,
): AugmentationParameters {
  const bits = (j: number) => uint32At(key, index * NUMBERS_PER_IMAGE + j) >>> 8;
  const whole = (j: number, n: number) => Math.floor((bits(j) * n) / 0x1000000);
  const even = (j: number) => bits(j) / 0x800000 - 1;
  const [across, down] = [erasedLengths(size.width), erasedLengths(size.height)];
  const width = across.least + whole(7, across.sizes);
  const height = down.least + whole(8, down.sizes);
  const left = whole(9, size.width - width + 1);
  const top = whole(10, size.height - height + 1);
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

/**
 * An image [height, width, channels] of bytes after augmentation, as values from 0 to 1. `noise` fills what is erased, by the
 * place of the value. All channels of a pixel come from the same place.
 */
export function augmented(
  pixels: Uint8Array,
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

/** Image `index` of a batch, augmented as the stream has it: values from 0 to 1, [height, width, channels]. */
export function augmentImage(
  pixels: Uint8Array,
  spec: AugmentationSpec,
  key: RandomKey,
  index: number,
  size: ImageSize,
): Float32Array<ArrayBuffer> {
  const first = ERASE_NOISE_START + index * pixels.length;
  const noise = (place: number) => (uint32At(key, first + place) >>> 24) / 255;
  return augmented(pixels, parametersOf(spec, key, index, size), noise, size);
}

/** The value between pixels: the four around a place, each the more the nearer. */
function mixed(valueOf: (x: number, y: number) => number, [x, y]: readonly [number, number]): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, bottom] = [x - left, y - top];
  const above = valueOf(left, top) * (1 - right) + valueOf(left + 1, top) * right;
  const below = valueOf(left, top + 1) * (1 - right) + valueOf(left + 1, top + 1) * right;
  return above * (1 - bottom) + below * bottom;
}

/** A value of an image; black outside. */
function valueAt(
  pixels: Uint8Array,
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
