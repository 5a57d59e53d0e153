import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { openWasm } from '../../../src/engine/wasm/open.ts';
import '@tensorflow/tfjs-core/dist/register_all_gradients';

/** What a computation gives on tfjs' own cpu backend. */
export async function onCpu<Result>(compute: () => Result): Promise<Result> {
  await tf.setBackend('cpu');
  return tf.tidy(() => compute() as never);
}

/** What it gives on WebAssembly; no tensor and no memory may be left behind. */
export async function onWasm<Result>(compute: () => Result): Promise<Result> {
  const { processor } = await openWasm();
  const tensors = tf.memory().numTensors;
  const result = tf.tidy(() => compute() as never) as Result;
  expect(tf.memory().numTensors).toBe(tensors);
  expect(processor.threads).toBeGreaterThan(0);
  return result;
}
