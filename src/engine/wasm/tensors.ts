import { backend, engine, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { WasmBackend } from './backend.ts';

/** Whether tensors live in WebAssembly's memory at present. */
export function onWasm(): boolean {
  return backend() instanceof WasmBackend;
}

/** The backend that is open; an Error where it is another. */
export function wasmBackend(): WasmBackend {
  const open = backend();
  if (open instanceof WasmBackend) return open;
  throw new Error('A WebAssembly kernel needs the wasm backend.');
}

/** A new tensor for a kernel to fill, tidied as any other, and where it lies. */
export function newTensor(shape: readonly number[]): { readonly tensor: Tensor; readonly address: number } {
  const open = wasmBackend();
  const info = open.allocate(shape);
  return { tensor: engine().makeTensorFromTensorInfo(info), address: open.addressOf(info) };
}

/** Where a tensor lies in memory. */
export function addressOf(tensor: TensorInfo): number {
  return wasmBackend().addressOf(tensor);
}

/** Gives `use` a block of memory for as long as it runs. */
export function withScratch<Result>(bytes: number, use: (address: number) => Result): Result {
  const { heap } = wasmBackend().processor;
  const address = heap.allocate(bytes);
  try {
    return use(address);
  } finally {
    heap.free(address);
  }
}
