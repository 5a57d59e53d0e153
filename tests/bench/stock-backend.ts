import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-webgpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plain from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.wasm?url';
import type { Job } from './job.ts';

/** Opens a backend as tfjs ships it; an Error where it does not start. */
export async function openStockBackend(backend: Job['backend']): Promise<void> {
  // A software renderer is a "major performance caveat", which tfjs would refuse.
  tf.env().set('SOFTWARE_WEBGL_ENABLED', true);
  // Its threads start from the text of their own program, which no bundler leaves as it was. On a processor with two
  // cores it would use one thread in any case.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plain,
    'tfjs-backend-wasm-simd.wasm': simd,
    'tfjs-backend-wasm-threaded-simd.wasm': threaded,
  });
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs cannot open ${backend} here.`);
  await tf.ready();
}
