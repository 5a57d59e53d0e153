import { type Buffer, bytesOf } from '../../step/buffer.ts';
import { lastingBuffers, type Step } from '../../step/step.ts';
import type { Processor } from '../processor.ts';
import type { WasmCall } from './call.ts';
import { PlannedCalls } from './planned-calls.ts';

/** A step as calls of kernels, with the weights, slots and metrics that last. Owns its memory. */
export class PlannedStep {
  readonly #processor: Processor;
  readonly #places = new Map<Buffer, number>();
  readonly #calls: PlannedCalls;

  /** Weights and slots are 0 at first. Throws an OutOfMemoryError where there is no room, and then keeps nothing. */
  constructor(processor: Processor, step: Step) {
    this.#processor = processor;
    try {
      for (const buffer of lastingBuffers(step)) {
        this.#places.set(buffer, processor.heap.allocate(bytesOf(buffer)));
        this.valuesOf(buffer).fill(0);
      }
      this.#calls = new PlannedCalls(processor, step, (buffer) => this.placeOf(buffer));
    } catch (error) {
      this.#free();
      throw error;
    }
  }

  /** The values of a weight, a slot or the metrics: a view that is valid until memory is allocated. */
  valuesOf(buffer: Buffer): Float32Array {
    const start = this.placeOf(buffer) / 4;
    return this.#processor.floats.subarray(start, start + bytesOf(buffer) / 4);
  }

  /** The address of a weight, a slot or the metrics. */
  placeOf(buffer: Buffer): number {
    const address = this.#places.get(buffer);
    if (address === undefined) throw new Error(`${buffer.name} has no place in memory.`);
    return address;
  }

  /** Takes a step. Rejects with an AbortError when aborted: then weights and slots are as they were. */
  run(call: WasmCall, signal: AbortSignal): Promise<void> {
    return this.#calls.run(call, signal);
  }

  dispose(): void {
    this.#calls.dispose();
    this.#free();
  }

  #free(): void {
    for (const address of this.#places.values()) this.#processor.heap.free(address);
    this.#places.clear();
  }
}
