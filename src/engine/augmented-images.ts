import { isMirrored } from '../core/training/alternating-flip.ts';
import { augmentImage } from '../core/training/augment.ts';
import type { ImageSize } from '../core/training/augmentation-parameters.ts';
import type { Variation } from './variation.ts';

/** How images lie in memory: what white is, and whether each value is one of the 256 that a byte can stand for. */
export interface ImageScale {
  readonly white: number;
  readonly bytes: boolean;
}

/** Whether alternating flip mirrors each of the images at these positions of the training set; empty where it is off. */
export function mirroredAt({ alternation }: Variation, positions: Uint32Array): readonly boolean[] {
  return alternation === null ? [] : Array.from(positions, (position) => isMirrored(alternation, position));
}

/**
 * Images [n, height, width, channels], each augmented as `core/training/augment.ts` has it for its place among them.
 * `mirrored` as `mirroredAt` gives it.
 */
export function augmentedImages(
  images: Float32Array,
  { spec, key }: Variation,
  mirrored: readonly boolean[],
  { white, bytes }: ImageScale,
  size: ImageSize,
): Float32Array<ArrayBuffer> {
  const length = size.height * size.width * size.channels;
  const pixels = Float32Array.from(images, (value) => {
    const pixel = (255 * value) / white;
    return bytes ? Math.round(pixel) : pixel;
  });
  const augmented = new Float32Array(pixels.length);
  for (let start = 0; start < pixels.length; start += length) {
    const [image, index] = [pixels.subarray(start, start + length), start / length];
    augmented.set(augmentImage(image, spec, key, index, size, mirrored[index]), start);
  }
  return white === 1 ? augmented : augmented.map((value) => value * white);
}
