import { type RandomKey, uint32At } from '../random.ts';
import type { AugmentationSpec } from './augmentation.ts';
import { type ImageSize, parametersOf } from './augmentation-parameters.ts';
import { augmented } from './augmented.ts';

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

/** Where the stream's noise for erased rectangles begins: a number for each value of an image, of which the upper 8 bits count. */
export const ERASE_NOISE_START = 0x1000000;

/**
 * Image `index` of a batch, augmented as the stream has it: values from 0 to 1, [height, width, channels]. `mirrored` as in
 * `parametersOf`.
 */
export function augmentImage(
  pixels: Uint8Array | Float32Array,
  spec: AugmentationSpec,
  key: RandomKey,
  index: number,
  size: ImageSize,
  mirrored?: boolean,
): Float32Array<ArrayBuffer> {
  const first = ERASE_NOISE_START + index * pixels.length;
  const noise = (place: number) => (uint32At(key, first + place) >>> 24) / 255;
  return augmented(pixels, parametersOf(spec, key, index, size, mirrored), noise, size);
}
