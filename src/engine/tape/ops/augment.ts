import * as tf from '@tensorflow/tfjs-core';
import { isMirrored } from '../../../core/training/alternating-flip.ts';
import { augmentImage } from '../../../core/training/augment.ts';
import type { Variation } from '../../webgl/kernels/augmented-pixel.ts';
import { imagesOf } from '../tensors.ts';
import { augmentInShader } from '../webgl/augment.ts';
import { onWebgl } from '../webgl/webgl-program.ts';

/** How images lie in a tensor: what white is, and whether each value is one of the 256 that a byte can stand for; and which they are. */
export interface ImageValues {
  readonly white: number;
  readonly bytes: boolean;
  /** Positions of the images in the training set: [batch]. */
  readonly positions: Uint32Array;
}

/**
 * Images [batch, height, width, channels], each augmented as `core/training/augment.ts` has it for its place in the batch:
 * the same on every backend, but for rounding. No gradient.
 */
export function augment(images: tf.Tensor4D, variation: Variation, values: ImageValues): tf.Tensor4D {
  const { alternation } = variation;
  const mirrored =
    alternation === null ? [] : Array.from(values.positions, (position) => isMirrored(alternation, position));
  if (onWebgl()) return imagesOf(augmentInShader(images, values.white, variation, mirrored));
  return augmentInScript(images, variation, values, mirrored);
}

function augmentInScript(
  images: tf.Tensor4D,
  { spec, key }: Variation,
  { white, bytes }: ImageValues,
  mirrored: readonly boolean[],
): tf.Tensor4D {
  const [, height, width, channels] = images.shape;
  const size = height * width * channels;
  const pixels = Float32Array.from(images.dataSync(), (value) => {
    const pixel = (255 * value) / white;
    return bytes ? Math.round(pixel) : pixel;
  });
  const augmented = new Float32Array(pixels.length);
  for (let start = 0; start < pixels.length; start += size) {
    const image = pixels.subarray(start, start + size);
    const index = start / size;
    augmented.set(augmentImage(image, spec, key, index, { height, width, channels }, mirrored[index]), start);
  }
  return tf.tensor4d(white === 1 ? augmented : augmented.map((value) => value * white), images.shape);
}
