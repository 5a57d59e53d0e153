import * as tf from '@tensorflow/tfjs-core';
import type { Split } from '../../../core/dataset/spec.ts';
import type { ImageStore } from '../../../dataset/store.ts';
import { onWasm, runOperation } from '../../wasm/operation.ts';
import { imagesOf } from '../tensors.ts';

/** One batch on the device. The caller frees it, by `dispose` or a surrounding `tidy`. */
export interface Batch {
  /** Gray values from 0 to 1: [batch, 28, 28, 1]. */
  readonly images: tf.Tensor4D;
  /** Class numbers: [batch], int32. */
  readonly labels: tf.Tensor1D;
}

/** Makes batches of images that have arrived. May keep images on the device until `dispose`. */
export interface BatchSource {
  /** The images at these positions of the split, in this order; a RangeError names one that has not arrived. */
  gather(indices: Uint32Array): Batch;
  dispose(): void;
}

/** A source of batches from one split of the store, whose images stay bytes until a batch is made. */
export function createBatchSource(store: ImageStore, split: Split): BatchSource {
  return {
    gather: (indices) => {
      const { pixels, labels } = store.gather(split, indices);
      return { images: imagesFromPixels(pixels), labels: tf.tensor1d(Int32Array.from(labels), 'int32') };
    },
    dispose: () => {},
  };
}

/** Bytes [n, 784] as gray values from 0 to 1: [n, 28, 28, 1]. */
export function imagesFromPixels(pixels: Uint8Array): tf.Tensor4D {
  return tf.tidy(() => {
    // As `bool` the bytes go to the device as bytes, a quarter of what they would take as floats.
    const bytes = tf.tensor4d(pixels, [pixels.length / 784, 28, 28, 1], 'bool');
    if (onWasm()) return imagesOf(runOperation('GrayImages', { bytes }));
    return tf.div(tf.cast(bytes, 'float32'), 255);
  });
}
