import type { Kernel } from '../kernel.ts';
import type { Tables } from '../kernels/tables.ts';
import type { Machine } from '../machine.ts';
import type { Processor } from '../processor.ts';
import type { WasmCall } from './call.ts';

/** One thing that is done at every step. */
export type Action = (call: WasmCall) => void;

/** Scratch blocks begin at a multiple of this, and have as many bytes behind them, as the heap's have. */
const ALIGNMENT = 64;

/** Writes down what a step does instead of doing it. Scratch memory is one block that operations use in turn. */
export class Recording implements Machine {
  readonly processor: Processor;
  readonly tables: Tables;
  readonly actions: Action[] = [];
  /** Where scratch memory begins. */
  readonly #scratch: number;
  #depth = 0;
  #most = 0;

  constructor(processor: Processor, tables: Tables, scratch: number) {
    this.processor = processor;
    this.tables = tables;
    this.#scratch = scratch;
  }

  /** Bytes of scratch memory that were asked for at once. */
  get scratchBytes(): number {
    return this.#most;
  }

  get threads(): number {
    return this.processor.threads;
  }

  run<Field extends string, Float extends string>(
    kernel: Kernel<Field, Float>,
    chunks: number,
    values: Readonly<Record<Field | Float, number>>,
  ): void {
    this.actions.push(this.processor.prepare(kernel, chunks, values));
  }

  compute(work: (floats: Float32Array) => void): void {
    this.actions.push(() => work(this.processor.floats));
  }

  /** Has something done that depends on the step. */
  perform(action: Action): void {
    this.actions.push(action);
  }

  withScratch(bytes: number, use: (address: number) => void): void {
    const start = this.#depth;
    this.#depth += Math.ceil((bytes + ALIGNMENT) / ALIGNMENT) * ALIGNMENT;
    this.#most = Math.max(this.#most, this.#depth);
    use(this.#scratch + start);
    this.#depth = start;
  }
}
