import * as tf from '@tensorflow/tfjs-core';
import type { Padding } from '../../../core/network/layers/window.ts';
import { onWasm, runOperation } from '../../wasm/operation.ts';
import { imagesOf } from '../tensors.ts';

/** A square window and how far it moves at a time. */
export interface PoolOptions {
  readonly poolSize: number;
  readonly strides: number;
  readonly padding: Padding;
}

/**
 * The largest value of each window, channel by channel. x: [batch, height, width, channels]; gives
 * [batch, height', width', channels]. The gradient goes to one of the largest values; which one of equals is not
 * specified.
 */
export function maxPool(x: tf.Tensor4D, { poolSize, strides, padding }: PoolOptions): tf.Tensor4D {
  if (onWasm()) {
    const options = { size: poolSize, strides, same: Number(padding === 'same') };
    return imagesOf(runOperation('WindowMax', { x }, options));
  }
  return tf.maxPool(x, poolSize, strides, padding);
}
