import '@tensorflow/tfjs-backend-cpu';
import {
  engine,
  getKernel,
  getKernelsForBackend,
  registerBackend,
  registerKernel,
  setBackend,
} from '@tensorflow/tfjs-core';
import { WasmBackend } from './backend.ts';
import { supportsVectors } from './features.ts';
import { addToEach } from './kernels/add-to-each.ts';
import { ARITHMETIC } from './kernels/arithmetic.ts';
import { headMixtures, headProducts } from './kernels/attention.ts';
import { averagePool2d, imageMean } from './kernels/average-pool2d.ts';
import { batchNormalization } from './kernels/batch-normalization.ts';
import { conv2d } from './kernels/conv2d.ts';
import { dense } from './kernels/dense.ts';
import { depthwiseConv2d } from './kernels/depthwise-conv2d.ts';
import { gelu } from './kernels/gelu.ts';
import { hashDropout } from './kernels/hash-dropout.ts';
import { matrixProduct } from './kernels/mat-mul.ts';
import { maxPool2d } from './kernels/max-pool2d.ts';
import { OPTIMIZER_STEPS } from './kernels/optimizer.ts';
import { rowNormalization, rowSoftmax } from './kernels/row-operations.ts';
import { scaledBytes } from './kernels/scaled-bytes.ts';
import { asOperation } from './kernels/value-by-value.ts';
import { LIBRARY } from './library.ts';
import { type Operation, registerOperation } from './operation.ts';
import { Processor, type ProcessorOptions } from './processor.ts';

const OPERATIONS: readonly Operation[] = [
  ...ARITHMETIC,
  dense,
  conv2d,
  depthwiseConv2d,
  matrixProduct,
  maxPool2d,
  averagePool2d,
  imageMean,
  batchNormalization,
  hashDropout,
  addToEach,
  gelu,
  headProducts,
  headMixtures,
  rowSoftmax,
  rowNormalization,
  scaledBytes,
  ...OPTIMIZER_STEPS.map((step) => asOperation(step)),
];

/** WebAssembly cannot train here; the message is a clause. */
export class NoWasmError extends Error {
  override readonly name = 'NoWasmError';
}

/** Makes tfjs run on WebAssembly. Throws a NoWasmError where the browser is too old for it. */
export async function openWasm(options: ProcessorOptions = {}): Promise<WasmBackend> {
  if (!supportsVectors()) throw new NoWasmError('This browser has no WebAssembly with vectors');
  try {
    if (openBackend() === null) await installBackend(options);
  } catch (error) {
    throw new NoWasmError('WebAssembly did not start', { cause: error });
  }
  await setBackend('wasm');
  const backend = openBackend();
  if (backend === null) throw new NoWasmError('WebAssembly did not start');
  return backend;
}

function openBackend(): WasmBackend | null {
  const backend = engine().registry['wasm'];
  return backend instanceof WasmBackend ? backend : null;
}

async function installBackend(options: ProcessorOptions): Promise<void> {
  const processor = await Processor.open(LIBRARY, options);
  registerKernels();
  registerBackend('wasm', () => new WasmBackend(processor));
}

/** Registers our kernels, and tfjs' kernels for the cpu for everything else. */
function registerKernels(): void {
  if (getKernelsForBackend('wasm').length > 0) return;
  for (const operation of OPERATIONS) registerOperation(operation);
  for (const config of getKernelsForBackend('cpu')) {
    if (getKernel(config.kernelName, 'wasm') === undefined) registerKernel({ ...config, backendName: 'wasm' });
  }
}
