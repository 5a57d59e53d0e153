import type { Kernel } from './kernel.ts';
import type { Tables } from './kernels/tables.ts';
import type { Processor } from './processor.ts';

/** Who calls kernels: at once, or by writing the calls down, to be repeated at every step. */
export interface Machine {
  /** Threads that share the work. */
  readonly threads: number;
  readonly tables: Tables;
  /** Has a kernel run on so many chunks. */
  run<Field extends string, Float extends string>(
    kernel: Kernel<Field, Float>,
    chunks: number,
    values: Readonly<Record<Field | Float, number>>,
  ): void;
  /** Has something done in JavaScript to the memory, in its turn. */
  compute(work: (floats: Float32Array) => void): void;
  /** Calls `use` with a block of memory whose values last until `use` returns. */
  withScratch(bytes: number, use: (address: number) => void): void;
}

/** Does everything at once. */
export class ImmediateMachine implements Machine {
  readonly tables: Tables;
  readonly #processor: Processor;

  constructor(processor: Processor, tables: Tables) {
    this.#processor = processor;
    this.tables = tables;
  }

  get threads(): number {
    return this.#processor.threads;
  }

  run<Field extends string, Float extends string>(
    kernel: Kernel<Field, Float>,
    chunks: number,
    values: Readonly<Record<Field | Float, number>>,
  ): void {
    this.#processor.run(kernel, chunks, values);
  }

  compute(work: (floats: Float32Array) => void): void {
    work(this.#processor.floats);
  }

  withScratch(bytes: number, use: (address: number) => void): void {
    const { heap } = this.#processor;
    const address = heap.allocate(bytes);
    try {
      use(address);
    } finally {
      heap.free(address);
    }
  }
}
