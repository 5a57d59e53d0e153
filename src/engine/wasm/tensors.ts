import { backend, engine, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { named } from './assembler.ts';
import { WasmBackend } from './backend.ts';

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

/** Gives `use` the addresses of short lists of numbers, for as long as it runs. Keep them below a few thousand. */
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
    const addresses = named(names, (_, index) => scratch + (starts[index] ?? 0));
    for (const name of names) floats.set(lists[name], addresses[name] / 4);
    return use(addresses);
  });
}

/** A copy of numbers in memory. */
export function numbersAt(address: number, count: number): Float32Array<ArrayBuffer> {
  return Float32Array.from(wasmBackend().processor.floats.subarray(address / 4, address / 4 + count));
}
