import { bytesOf } from '../../step/buffer.ts';
import { planMemory } from '../../step/plan-memory.ts';
import { lastingBuffers, type Step } from '../../step/step.ts';
import { blockBytes } from '../heap.ts';
import { Tables } from '../kernels/tables.ts';
import type { Processor } from '../processor.ts';
import { bind } from './operations/registry.ts';
import { Recording } from './recording.ts';
import { recordsRightly } from './self-test.ts';

/** An address that is as good as any other where nothing is written. */
const SOMEWHERE = 64;

/**
 * The bytes of the heap that a `PlannedStep` takes, without taking them: values, weights, slots, scratch memory and tables. Null where
 * recorded steps do not work.
 */
export async function plannedMemory(processor: Processor, { operations, ...step }: Step): Promise<number | null> {
  if (!(await recordsRightly(processor))) return null;
  const tables = new CountedMemory();
  const recording = new Rehearsal(processor, new Tables(tables), SOMEWHERE);
  for (const operation of operations) bind(operation.name, { recording, operation, at: () => SOMEWHERE });
  const lasting = lastingBuffers(step).reduce((sum, buffer) => sum + blockBytes(bytesOf(buffer)), 0);
  const values = planMemory(operations, blockBytes).bytes;
  return lasting + blockBytes(values) + blockBytes(recording.scratchBytes) + tables.bytes;
}

/** Goes through what is to be recorded, for the memory that it asks for. */
class Rehearsal extends Recording {
  override run(): void {}

  override perform(): void {}
}

/** A heap that only counts. */
class CountedMemory {
  bytes = 0;
  readonly ints = { set() {} };
  readonly heap = {
    allocate: (bytes: number) => {
      this.bytes += blockBytes(bytes);
      return SOMEWHERE;
    },
    free() {},
  };
}
