import type { Kernel } from '../kernel.ts';
import type { Tables } from '../kernels/tables.ts';
import type { Machine } from '../machine.ts';
import type { Processor } from '../processor.ts';
import type { WasmCall } from './call.ts';

/** One thing that is done at every step, in parts that may be done one after another, with time between them. */
export interface Action {
  readonly parts: number;
  /** Does parts `from` to `to` - 1. */
  perform(call: WasmCall, from: number, to: number): void;
}

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
    const perform = this.processor.prepare(kernel, chunks, values);
    this.actions.push({ parts: chunks, perform: (_, from, to) => perform(from, to) });
  }

  compute(work: (floats: Float32Array) => void): void {
    this.perform(() => work(this.processor.floats));
  }

  /** Has something done that depends on the step. */
  perform(perform: (call: WasmCall) => void): void {
    this.actions.push({ parts: 1, perform });
  }

  withScratch(bytes: number, use: (address: number) => void): void {
    const start = this.#depth;
    this.#depth += Math.ceil((bytes + ALIGNMENT) / ALIGNMENT) * ALIGNMENT;
    this.#most = Math.max(this.#most, this.#depth);
    use(this.#scratch + start);
    this.#depth = start;
  }
}
