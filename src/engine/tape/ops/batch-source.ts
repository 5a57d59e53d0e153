import * as tf from '@tensorflow/tfjs-core';
import { type DatasetSpec, inputShapeOf, type Split } from '../../../core/dataset/spec.ts';
import type { SampleStore } from '../../../dataset/store.ts';
import { sampleCount, storedValues } from '../../../dataset/values.ts';
import { onWasm, runOperation } from '../../wasm/operation.ts';

/** One batch on the device. The caller frees it, by `dispose` or a surrounding `tidy`. */
export interface Batch {
  /** Samples as the network takes them: [batch, height, width, channels] or [batch, columns]. */
  readonly samples: tf.Tensor;
  /** Class numbers: [batch], int32. */
  readonly labels: tf.Tensor1D;
  /** What each sample's loss is multiplied by: [batch]; 1 where it is left out. */
  readonly weights?: tf.Tensor1D;
}

/** Makes batches of samples that have arrived. May keep samples on the device until `dispose`. */
export interface BatchSource {
  /** The samples at these positions of the split, in this order; a RangeError names one that has not arrived. */
  gather(indices: Uint32Array): Batch;
  dispose(): void;
}

/** A source of batches from one split of the store, whose samples stay bytes until a batch is made. */
export function createBatchSource(store: SampleStore, split: Split): BatchSource {
  return {
    gather: (indices) => {
      const { values, labels } = store.gather(split, indices);
      return { samples: samplesFromBytes(store.spec, values), labels: tf.tensor1d(Int32Array.from(labels), 'int32') };
    },
    dispose: () => {},
  };
}

/** Stored bytes [n, bytes of a sample] as the network takes them, divided by the scale: [n, ...input shape]. */
export function samplesFromBytes(spec: DatasetSpec, bytes: Uint8Array): tf.Tensor {
  const { scale } = spec.samples;
  const shape = [sampleCount(spec, bytes), ...inputShapeOf(spec)];
  const values = storedValues(spec, bytes);
  return tf.tidy(() => {
    if (values instanceof Float32Array)
      return scale === 1 ? tf.tensor(values, shape) : tf.div(tf.tensor(values, shape), scale);
    // As `bool` the bytes go to the device as bytes, a quarter of what they would take as floats.
    const stored = tf.tensor(values, shape, 'bool');
    if (onWasm()) return runOperation('ScaledBytes', { bytes: stored }, { scale });
    return tf.div(tf.cast(stored, 'float32'), scale);
  });
}
