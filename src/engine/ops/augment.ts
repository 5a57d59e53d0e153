import * as tf from '@tensorflow/tfjs-core';
import { augmentImage } from '../../core/augment.ts';
import type { AugmentationSpec } from '../../core/augmentation.ts';
import { IMAGE_BYTES } from '../../core/data-set.ts';
import type { RandomKey } from '../../core/random.ts';
import { augmentInShader } from '../kernels/augment.ts';
import { onWebgl } from '../kernels/webgl-program.ts';
import { imagesOf } from '../tensors.ts';

/**
 * Images [batch, 28, 28, 1], gray values of whole bytes from 0 to 1, each varied as `core/augment.ts` has it for its place
 * in the batch: the same on every backend, but for rounding. No gradient.
 */
export function augment(images: tf.Tensor4D, spec: AugmentationSpec, key: RandomKey): tf.Tensor4D {
  return onWebgl() ? imagesOf(augmentInShader(images, spec, key)) : augmentInScript(images, spec, key);
}

function augmentInScript(images: tf.Tensor4D, spec: AugmentationSpec, key: RandomKey): tf.Tensor4D {
  const pixels = Uint8Array.from(images.dataSync(), (gray) => Math.round(255 * gray));
  const varied = new Float32Array(pixels.length);
  for (let index = 0; index * IMAGE_BYTES < pixels.length; index++) {
    const start = index * IMAGE_BYTES;
    varied.set(augmentImage(pixels.subarray(start, start + IMAGE_BYTES), spec, key, index), start);
  }
  return tf.tensor4d(varied, images.shape);
}
