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
  const result = new Float32Array(images.length);
  const image = new Float32Array(length);
  // Loops, and no callbacks: they take a tenth of the time, and this goes through every pixel of every step.
  for (let start = 0; start < images.length; start += length) {
    for (let i = 0; i < length; i++) {
      const pixel = (255 * (images[start + i] ?? 0)) / white;
      image[i] = bytes ? Math.round(pixel) : pixel;
    }
    const index = start / length;
    result.set(augmentImage(image, spec, key, index, size, mirrored[index]), start);
  }
  if (white !== 1) for (let i = 0; i < result.length; i++) result[i] = (result[i] ?? 0) * white;
  return result;
}
