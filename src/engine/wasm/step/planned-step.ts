import { type Buffer, bytesOf } from '../../step/buffer.ts';
import { type MemoryPlan, planMemory } from '../../step/plan-memory.ts';
import { lastingBuffers, type Step } from '../../step/step.ts';
import { yieldToMessages } from '../../yield.ts';
import { blockBytes } from '../heap.ts';
import { Tables } from '../kernels/tables.ts';
import type { Processor } from '../processor.ts';
import type { WasmCall } from './call.ts';
import { bind } from './operations/registry.ts';
import { PacedAction } from './paced-action.ts';
import { type Action, Recording } from './recording.ts';

/** How long a step holds messages up, as far as its calls allow. */
const LONGEST_MS = 40;

/** A step as calls of kernels on planned memory. Owns that memory and the kernels' tables. */
export class PlannedStep {
  readonly #processor: Processor;
  readonly #step: Step;
  readonly #plan: MemoryPlan;
  readonly #tables: Tables;
  /** Blocks of the heap. */
  readonly #blocks: number[] = [];
  /** Where weights, slots and metrics lie. */
  readonly #lasting = new Map<Buffer, number>();
  /** What leaves weights and slots as they are, and then what changes them. */
  readonly #actions: readonly PacedAction[];
  readonly #changes: readonly Action[];

  /** Weights and slots are 0 at first. Throws an OutOfMemoryError where there is no room, and then keeps nothing. */
  constructor(processor: Processor, step: Step) {
    this.#processor = processor;
    this.#step = step;
    this.#plan = planMemory(step.operations, blockBytes);
    this.#tables = new Tables(processor);
    try {
      for (const buffer of lastingBuffers(step)) {
        this.#lasting.set(buffer, this.#allocate(bytesOf(buffer)));
        this.valuesOf(buffer).fill(0);
      }
      const values = this.#allocate(this.#plan.bytes);
      // What an earlier step left could pass for a result.
      processor.floats.fill(0, values / 4, (values + this.#plan.bytes) / 4);
      const { scratchBytes } = this.#record(values, 0);
      const { actions, changes } = this.#record(values, this.#allocate(scratchBytes));
      this.#actions = actions.map((action) => new PacedAction(action, processor.threads));
      this.#changes = changes;
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** The values of a weight, a slot or the metrics: a view that is valid until memory is allocated. */
  valuesOf(buffer: Buffer): Float32Array {
    const start = this.#placeOf(buffer) / 4;
    return this.#processor.floats.subarray(start, start + bytesOf(buffer) / 4);
  }

  /**
   * Takes a step. One that takes long lets messages in between two kernels and between parts of a kernel, and rejects with an
   * AbortError when aborted: then weights and slots are as they were.
   */
  async run(call: WasmCall, signal: AbortSignal): Promise<void> {
    let rested = performance.now();
    for (const action of this.#actions) {
      for (let part = 0; part < action.parts; ) {
        part = action.performFrom(part, call);
        if (performance.now() - rested < LONGEST_MS) continue;
        await yieldToMessages();
        signal.throwIfAborted();
        rested = performance.now();
      }
    }
    for (const { parts, perform } of this.#changes) perform(call, 0, parts);
  }

  dispose(): void {
    for (const block of this.#blocks.splice(0)) this.#processor.heap.free(block);
    this.#tables.clear();
  }

  #allocate(bytes: number): number {
    const address = this.#processor.heap.allocate(bytes);
    this.#blocks.push(address);
    return address;
  }

  #record(values: number, scratch: number) {
    const recording = new Recording(this.#processor, this.#tables, scratch);
    const at = (buffer: Buffer) => {
      const offset = this.#plan.offsets.get(buffer);
      return offset === undefined ? this.#placeOf(buffer) : values + offset;
    };
    const { operations, commit } = this.#step;
    for (const operation of operations.slice(0, commit)) bind(operation.name, { recording, operation, at });
    const before = recording.actions.length;
    for (const operation of operations.slice(commit)) bind(operation.name, { recording, operation, at });
    const { actions, scratchBytes } = recording;
    return { actions: actions.slice(0, before), changes: actions.slice(before), scratchBytes };
  }

  #placeOf(buffer: Buffer): number {
    const address = this.#lasting.get(buffer);
    if (address === undefined) throw new Error(`${buffer.name} has no place in memory.`);
    return address;
  }
}
