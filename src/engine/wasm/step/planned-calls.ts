import { type Buffer, bytesOf } from '../../step/buffer.ts';
import type { Operation } from '../../step/operation.ts';
import { type MemoryPlan, planMemory } from '../../step/plan-memory.ts';
import { yieldToMessages } from '../../yield.ts';
import { blockBytes } from '../heap.ts';
import { Tables } from '../kernels/tables.ts';
import type { Processor } from '../processor.ts';
import type { WasmCall } from './call.ts';
import { bind } from './operations/registry.ts';
import { PacedAction } from './paced-action.ts';
import { pooledConvolutions } from './pooled-convolutions.ts';
import { type Action, Recording } from './recording.ts';

/** How long calls hold messages up, as far as their parts allow. */
const LONGEST_MS = 40;

/** What is called: operations in order, of which those from `commit` on are not interrupted. */
interface Called {
  readonly operations: readonly Operation[];
  readonly commit: number;
  /** What is read afterwards, beside what lasts. */
  readonly kept?: Buffer;
}

/** Operations as calls of kernels on planned memory. Owns that memory and the kernels' tables. */
export class PlannedCalls {
  readonly #processor: Processor;
  readonly #plan: MemoryPlan;
  readonly #tables: Tables;
  /** Blocks of the heap. */
  readonly #blocks: number[] = [];
  /** Where what the operations write for themselves begins. */
  readonly #values: number;
  readonly #actions: readonly PacedAction[];
  readonly #changes: readonly Action[];

  /** `placeOf`: the address of what lasts. Throws an OutOfMemoryError where there is no room, and then keeps nothing. */
  constructor(processor: Processor, { kept, ...called }: Called, placeOf: (buffer: Buffer) => number) {
    this.#processor = processor;
    const operations = pooledConvolutions(called.operations, kept);
    // Nothing from there on is replaced.
    const commit = operations.length - (called.operations.length - called.commit);
    this.#plan = planMemory(operations, blockBytes, kept);
    this.#tables = new Tables(processor);
    const record = (scratch: number) => {
      const recording = new Recording(processor, this.#tables, scratch);
      const at = (buffer: Buffer) => this.#addressOf(buffer) ?? placeOf(buffer);
      for (const operation of operations.slice(0, commit)) bind(operation.name, { recording, operation, at });
      const before = recording.actions.length;
      for (const operation of operations.slice(commit)) bind(operation.name, { recording, operation, at });
      const { actions, scratchBytes } = recording;
      return { actions: actions.slice(0, before), changes: actions.slice(before), scratchBytes };
    };
    try {
      this.#values = this.#allocate(this.#plan.bytes);
      // What was there before could pass for a result.
      processor.floats.fill(0, this.#values / 4, (this.#values + this.#plan.bytes) / 4);
      const { scratchBytes } = record(0);
      const { actions, changes } = record(this.#allocate(scratchBytes));
      this.#actions = actions.map((action) => new PacedAction(action, processor.threads));
      this.#changes = changes;
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** What was kept: a view that is valid until memory is allocated. */
  valuesOf(buffer: Buffer): Float32Array {
    const address = this.#addressOf(buffer);
    if (address === undefined) throw new Error(`${buffer.name} is not among what is computed.`);
    return this.#processor.floats.subarray(address / 4, (address + bytesOf(buffer)) / 4);
  }

  /**
   * Calls everything once. What takes long lets messages in between two kernels and between parts of a kernel, and rejects with an
   * AbortError when aborted, before the operations from `commit` on.
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

  #addressOf(buffer: Buffer): number | undefined {
    const offset = this.#plan.offsets.get(buffer);
    return offset === undefined ? undefined : this.#values + offset;
  }
}
