import { at } from '../at.ts';
import type { ImageSamples } from '../dataset/spec.ts';

/**
 * Where a network looks, by what its answer loses when a part of the image is covered (Zeiler and Fergus, Visualizing and
 * Understanding Convolutional Networks, arXiv:1311.2901, section 4.2). It takes predictions only, of any network.
 */

type Size = Pick<ImageSamples, 'height' | 'width' | 'channels'>;

/** The patch covers about this share of each side, and moves on by a third of its own side. */
const PATCH_SHARE = 3 / 14;

/** The side of the patch along a side of the image, in pixels. */
export function patchSide(side: number): number {
  return Math.max(1, Math.round(PATCH_SHARE * side));
}

/** Where the patch begins along a side of the image. It begins outside the image, so that its edge is covered as well. */
function offsetsAlong(side: number): readonly number[] {
  const patch = patchSide(side);
  const stride = Math.max(1, Math.round(patch / 3));
  const count = Math.floor((side - patch + 2 * stride) / stride) + 1;
  return Array.from({ length: count }, (_, i) => (i - 1) * stride);
}

/** For each place of the patch the pixels that it covers, by their places in the image [height, width]. */
function coveredPixels({ height, width }: Size): readonly (readonly number[])[] {
  const inside = (start: number, side: number) =>
    Array.from({ length: patchSide(side) }, (_, i) => start + i).filter((at) => at >= 0 && at < side);
  return offsetsAlong(height).flatMap((top) =>
    offsetsAlong(width).map((left) =>
      inside(top, height).flatMap((y) => inside(left, width).map((x) => y * width + x)),
    ),
  );
}

/** The image [height, width, channels] as it is, and behind it once for each place of the black patch: [n, ...]. */
export function coveredImages(image: Uint8Array, size: Size): Uint8Array<ArrayBuffer> {
  const places = coveredPixels(size);
  const images = new Uint8Array((places.length + 1) * image.length);
  images.set(image);
  for (const [i, pixels] of places.entries()) {
    const covered = images.subarray((i + 1) * image.length, (i + 2) * image.length);
    covered.set(image);
    for (const at of pixels) covered.fill(0, at * size.channels, (at + 1) * size.channels);
  }
  return images;
}

/**
 * By how much the probability of a class falls, on average over the places of the patch that cover a pixel: [height, width],
 * below 0 where it rises. `probabilities`: [n, classes] for the images of `coveredImages`.
 */
export function fallsOf(
  probabilities: Float32Array,
  classes: number,
  label: number,
  size: Size,
): Float32Array<ArrayBuffer> {
  const before = at(probabilities, label);
  const falls = new Float32Array(size.height * size.width);
  const times = new Uint16Array(falls.length);
  for (const [i, pixels] of coveredPixels(size).entries()) {
    const fall = before - (probabilities[(i + 1) * classes + label] ?? Number.NaN);
    for (const at of pixels) {
      falls[at] = (falls[at] ?? 0) + fall;
      times[at] = (times[at] ?? 0) + 1;
    }
  }
  return falls.map((fall, at) => fall / (times[at] ?? 1));
}
