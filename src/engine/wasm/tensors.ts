import { backend, engine, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { WasmBackend } from './backend.ts';

/** The wasm backend; an Error where another one is current. */
export function wasmBackend(): WasmBackend {
  const open = backend();
  if (open instanceof WasmBackend) return open;
  throw new Error('A WebAssembly kernel needs the wasm backend.');
}

/** A new tensor for a kernel to fill, and its address. tfjs' `tidy` disposes of it like any other. */
export function newTensor(shape: readonly number[]): { readonly tensor: Tensor; readonly address: number } {
  const open = wasmBackend();
  const info = open.allocate(shape);
  return { tensor: engine().makeTensorFromTensorInfo(info), address: open.addressOf(info) };
}

/** The address of a tensor in memory. */
export function addressOf(tensor: TensorInfo): number {
  return wasmBackend().addressOf(tensor);
}

/** Calls `use` with a block of memory, which is freed when it returns. */
export function withScratch<Result>(bytes: number, use: (address: number) => Result): Result {
  const { heap } = wasmBackend().processor;
  const address = heap.allocate(bytes);
  try {
    return use(address);
  } finally {
    heap.free(address);
  }
}
