import type { Graph } from '../../../core/network/graph.ts';
import type { Allocations } from '../../allocations.ts';
import { type Buffer, bytesOf } from '../../step/buffer.ts';
import type { Operation } from '../../step/operation.ts';
import { planMemory } from '../../step/plan-memory.ts';
import { recordAnswer, weightBuffers } from '../../step/record-step.ts';
import type { Step } from '../../step/step.ts';
import { blockBytes } from '../heap.ts';
import { Tables } from '../kernels/tables.ts';
import type { Processor } from '../processor.ts';
import { bind } from './operations/registry.ts';
import { pooledConvolutions } from './pooled-convolutions.ts';
import { Recording } from './recording.ts';
import { recordsRightly } from './self-test.ts';

/** An address that is as good as any other where nothing is written. */
const SOMEWHERE = 64;

/**
 * The blocks of the heap that a `PlannedStep` asks for, in bytes, without asking for them. Null where recorded steps do not work.
 */
export async function plannedBlocks(processor: Processor, step: Step): Promise<Allocations<number> | null> {
  if (!(await recordsRightly(processor))) return null;
  const { values, scratch, tables } = callBlocks(processor, step.operations);
  return {
    weights: step.weights.map(bytesOf),
    optimizer: step.slots.flat().map(bytesOf),
    batch: [values],
    samples: [],
    rest: [scratch, ...tables, bytesOf(step.metrics)],
  };
}

/** The blocks that a network is judged with, a single sample at a time, beside those of its training. */
export function judgingBlocks(processor: Processor, graph: Graph): readonly number[] {
  const asked = { batch: 1, position: graph.nodes.length - 1 };
  const { operations, output } = recordAnswer(graph, weightBuffers(graph), asked);
  const { values, scratch, tables } = callBlocks(processor, operations, output);
  return [values, scratch, ...tables];
}

/** What `PlannedCalls` asks for. */
function callBlocks(processor: Processor, recorded: readonly Operation[], kept?: Buffer) {
  const operations = pooledConvolutions(recorded, kept);
  const tables = new CountedMemory();
  const recording = new Rehearsal(processor, new Tables(tables), SOMEWHERE);
  for (const operation of operations) bind(operation.name, { recording, operation, at: () => SOMEWHERE });
  const values = planMemory(operations, blockBytes, kept).bytes;
  return { values, scratch: recording.scratchBytes, tables: tables.blocks };
}

/** Goes through what is to be recorded, for the memory that it asks for. */
class Rehearsal extends Recording {
  override run(): void {}

  override perform(): void {}
}

/** A heap that only counts. */
class CountedMemory {
  readonly blocks: number[] = [];
  readonly ints = { set() {} };
  readonly heap = {
    allocate: (bytes: number) => {
      this.blocks.push(bytes);
      return SOMEWHERE;
    },
    free() {},
  };
}
