import * as tf from '@tensorflow/tfjs-core';
import { IMAGE_BYTES } from '../../../core/dataset/stream-events.ts';
import { augmentImage } from '../../../core/training/augment.ts';
import type { Variation } from '../../webgl/kernels/varied-gray.ts';
import { imagesOf } from '../tensors.ts';
import { augmentInShader } from '../webgl/augment.ts';
import { onWebgl } from '../webgl/webgl-program.ts';

/**
 * Images [batch, 28, 28, 1], gray values of whole bytes from 0 to 1, each varied as `core/training/augment.ts` has it for its place
 * in the batch: the same on every backend, but for rounding. No gradient.
 */
export function augment(images: tf.Tensor4D, variation: Variation): tf.Tensor4D {
  return onWebgl() ? imagesOf(augmentInShader(images, variation)) : augmentInScript(images, variation);
}

function augmentInScript(images: tf.Tensor4D, { spec, key }: Variation): tf.Tensor4D {
  const pixels = Uint8Array.from(images.dataSync(), (gray) => Math.round(255 * gray));
  const varied = new Float32Array(pixels.length);
  for (let index = 0; index * IMAGE_BYTES < pixels.length; index++) {
    const start = index * IMAGE_BYTES;
    varied.set(augmentImage(pixels.subarray(start, start + IMAGE_BYTES), spec, key, index), start);
  }
  return tf.tensor4d(varied, images.shape);
}
