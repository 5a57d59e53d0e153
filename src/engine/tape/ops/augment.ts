import * as tf from '@tensorflow/tfjs-core';
import { augmentedImages, type ImageScale, mirroredAt } from '../../augmented-images.ts';
import type { Variation } from '../../variation.ts';
import { imagesOf } from '../tensors.ts';
import { augmentInShader } from '../webgl/augment.ts';
import { onWebgl } from '../webgl/webgl-program.ts';

/** How images lie in a tensor, and which they are. */
export interface ImageValues extends ImageScale {
  /** Positions of the images in the training set: [batch]. */
  readonly positions: Uint32Array;
}

/**
 * Images [batch, height, width, channels], each augmented as `core/training/augment.ts` has it for its place in the batch:
 * the same on every backend, but for rounding. No gradient.
 */
export function augment(images: tf.Tensor4D, variation: Variation, values: ImageValues): tf.Tensor4D {
  const mirrored = mirroredAt(variation, values.positions);
  if (onWebgl()) return imagesOf(augmentInShader(images, values.white, variation, mirrored));
  const [, height, width, channels] = images.shape;
  const pixels = images.dataSync<'float32'>();
  return tf.tensor4d(augmentedImages(pixels, variation, mirrored, values, { height, width, channels }), images.shape);
}
