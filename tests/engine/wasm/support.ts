import { grads, memory, setBackend, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import type { PoolOptions } from '../../../src/engine/tape/ops/max-pool.ts';
import { openWasm } from '../../../src/engine/wasm/open.ts';
import { expectClose, noise } from '../support/values.ts';

/** An input: its shape, and its values where noise between -1 and 1 will not do. */
export interface Input {
  readonly shape: readonly number[];
  readonly values?: Float32Array;
}

/** Images and windows of all sorts: strides, padding, more than the image holds, odd channels. */
export const POOLINGS: readonly (readonly [readonly [number, number, number, number], PoolOptions])[] = [
  [[3, 26, 26, 32], { poolSize: 2, strides: 2, padding: 'valid' }],
  [[2, 7, 7, 5], { poolSize: 2, strides: 2, padding: 'same' }],
  [[1, 9, 8, 6], { poolSize: 3, strides: 2, padding: 'valid' }],
  [[5, 6, 6, 3], { poolSize: 3, strides: 1, padding: 'same' }],
  [[2, 5, 5, 1], { poolSize: 2, strides: 3, padding: 'valid' }],
  [[1, 4, 4, 9], { poolSize: 5, strides: 2, padding: 'same' }],
];

type Forward = (...inputs: Tensor[]) => Tensor;

/**
 * Fails unless an operation gives on WebAssembly what tfjs' own kernels give on the cpu, and its gradients by all inputs
 * too. Leaves no tensor and no memory behind.
 */
export async function expectAgreement(inputs: readonly Input[], forward: Forward, tolerance = 2e-5): Promise<void> {
  await setBackend('cpu');
  const expected = resultsOf(inputs, forward);
  const { processor } = await openWasm();
  // The first time makes tables that are kept.
  resultsOf(inputs, forward);
  const [tensors, bytes] = [memory().numTensors, processor.heap.used];
  const actual = resultsOf(inputs, forward);
  expect(memory().numTensors).toBe(tensors);
  expect(processor.heap.used).toBe(bytes);
  for (const [index, values] of actual.entries()) expectClose(values, expected[index] ?? [], tolerance);
}

/** The output of an operation, and its gradients by its inputs for a gradient of noise by its output. */
export function resultsOf(inputs: readonly Input[], forward: Forward): readonly Float32Array[] {
  const results: Float32Array[] = [];
  tidy(() => {
    const tensors = inputs.map(({ shape, values }, stream) =>
      tensor(values ?? noise(sizeOf(shape), stream), [...shape]),
    );
    const output = forward(...tensors);
    const dy = tensor(noise(output.size, 99), output.shape);
    for (const result of [output, ...grads(forward)(tensors, dy)]) results.push(result.dataSync<'float32'>().slice());
  });
  return results;
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}
