import { backend, engine, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { at } from '../../core/at.ts';
import { named } from './assembler.ts';
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

/**
 * Calls `use` with the addresses of short lists of numbers, which are freed when it returns. Keep them below a few
 * thousand.
 */
export function withNumbers<Name extends string, Result>(
  lists: Readonly<Record<Name, ArrayLike<number>>>,
  use: (addresses: Readonly<Record<Name, number>>) => Result,
): Result {
  const names = Object.keys(lists).filter((name): name is Name => name in lists);
  const starts: number[] = [];
  let bytes = 0;
  for (const name of names) {
    starts.push(bytes);
    bytes += Math.ceil((lists[name].length + 4) / 4) * 16;
  }
  return withScratch(bytes, (scratch) => {
    const { floats } = wasmBackend().processor;
    const addresses = named(names, (_, index) => scratch + at(starts, index));
    for (const name of names) floats.set(lists[name], addresses[name] / 4);
    return use(addresses);
  });
}

/** A copy of numbers in memory. */
export function numbersAt(address: number, count: number): Float32Array<ArrayBuffer> {
  return Float32Array.from(wasmBackend().processor.floats.subarray(address / 4, address / 4 + count));
}
