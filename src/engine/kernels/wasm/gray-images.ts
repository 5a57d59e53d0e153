import type { Tensor } from '@tensorflow/tfjs-core';
import { newTensor, wasmBackend, withScratch } from '../../wasm/tensors.ts';
import { chunksFor } from './elementwise.ts';
import { PIXELS } from './pixels.ts';

/** Bytes as gray values from 0 to 1, in a tensor of the given shape. */
export function grayImages(bytes: Uint8Array, shape: readonly number[]): Tensor {
  const { tensor, address } = newTensor(shape);
  const { processor } = wasmBackend();
  withScratch(bytes.length, (scratch) => {
    new Uint8Array(processor.memory.buffer).set(bytes, scratch);
    processor.run(PIXELS, chunksFor(bytes.length), { bytes: scratch, values: address, count: bytes.length });
  });
  return tensor;
}
