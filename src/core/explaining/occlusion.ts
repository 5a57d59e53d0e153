import { IMAGE_BYTES } from '../dataset/stream-events.ts';
import { CLASS_COUNT } from '../network/shape.ts';

/**
 * Where a network looks, by what its answer loses when a part of the image is covered (Zeiler and Fergus, Visualizing and
 * Understanding Convolutional Networks, arXiv:1311.2901, section 4.2). It takes predictions only, of any network.
 */

const SIDE = 28;

/** The side of the black patch, in pixels. */
export const PATCH = 6;

/** Pixels from one place of the patch to the next. It begins outside the image, so that its edge is covered as well. */
const STRIDE = 2;
const OFFSETS = Array.from({ length: (SIDE - PATCH + 4) / STRIDE + 1 }, (_, i) => i * STRIDE - 2);
const PLACES = OFFSETS.flatMap((top) => OFFSETS.map((left) => ({ top, left })));

/** The image [784] as it is, and behind it once for each place of the patch: [n, 784]. */
export function coveredImages(pixels: Uint8Array): Uint8Array<ArrayBuffer> {
  const images = new Uint8Array((PLACES.length + 1) * IMAGE_BYTES);
  images.set(pixels);
  for (const [i, place] of PLACES.entries()) {
    const image = images.subarray((i + 1) * IMAGE_BYTES, (i + 2) * IMAGE_BYTES);
    image.set(pixels);
    for (const at of pixelsUnder(place)) image[at] = 0;
  }
  return images;
}

/**
 * By how much the probability of a class falls, on average over the places of the patch that cover a pixel: [784], below 0
 * where it rises. `probabilities`: [n, 10] for the images of `coveredImages`.
 */
export function fallsOf(probabilities: Float32Array, label: number): Float32Array<ArrayBuffer> {
  const before = probabilities[label] ?? Number.NaN;
  const falls = new Float32Array(IMAGE_BYTES);
  const times = new Uint8Array(IMAGE_BYTES);
  for (const [i, place] of PLACES.entries()) {
    const fall = before - (probabilities[(i + 1) * CLASS_COUNT + label] ?? Number.NaN);
    for (const at of pixelsUnder(place)) {
      falls[at] = (falls[at] ?? 0) + fall;
      times[at] = (times[at] ?? 0) + 1;
    }
  }
  return falls.map((fall, at) => fall / (times[at] ?? 1));
}

/** The places in the image [28, 28] of the pixels that the patch covers. */
function pixelsUnder({ top, left }: { readonly top: number; readonly left: number }): number[] {
  const inside = (start: number) =>
    Array.from({ length: PATCH }, (_, i) => start + i).filter((at) => at >= 0 && at < SIDE);
  return inside(top).flatMap((y) => inside(left).map((x) => y * SIDE + x));
}
