import { type Buffer, bytesOf } from '../step/buffer.ts';
import type { Dispatch } from './dispatch.ts';

/** Blocks of memory for the buffers of a step. */
export interface Placement {
  /** The block of each buffer, which has it for itself as long as it is needed. */
  readonly blockOf: ReadonlyMap<Buffer, number>;
  /** The size of each block. */
  readonly bytes: readonly number[];
}

/**
 * Gives each buffer of the step a block; two share one only if they are never needed at the same dispatch. Blocks, and not one
 * memory with offsets: WebGPU does not let a shader read one part of a buffer and write another. Large buffers come first, so that a block has
 * the size of its first one. What is read before it is written comes from outside, and is needed from the beginning.
 */
export function placeBuffers(dispatches: readonly Dispatch[]): Placement {
  const blockOf = new Map<Buffer, number>();
  const blocks: { readonly bytes: number; readonly taken: Lifetime[] }[] = [];
  for (const [buffer, lifetime] of [...lifetimesOf(dispatches)].toSorted(([a], [b]) => bytesOf(b) - bytesOf(a))) {
    const free = blocks.findIndex(({ taken }) => taken.every((other) => !overlaps(other, lifetime)));
    const block = free === -1 ? blocks.length : free;
    if (free === -1) blocks.push({ bytes: bytesOf(buffer), taken: [] });
    blocks[block]?.taken.push(lifetime);
    blockOf.set(buffer, block);
  }
  return { blockOf, bytes: blocks.map(({ bytes }) => bytes) };
}

interface Lifetime {
  readonly first: number;
  readonly last: number;
}

function lifetimesOf(dispatches: readonly Dispatch[]): ReadonlyMap<Buffer, Lifetime> {
  const lifetimes = new Map<Buffer, Lifetime>();
  const need = (buffer: Buffer, place: number, from: number) => {
    if (buffer.role === 'step') lifetimes.set(buffer, { first: lifetimes.get(buffer)?.first ?? from, last: place });
  };
  dispatches.forEach(({ reads, writes }, place) => {
    for (const buffer of Object.values(reads)) need(buffer, place, 0);
    for (const buffer of Object.values(writes)) need(buffer, place, place);
  });
  return lifetimes;
}

function overlaps(a: Lifetime, b: Lifetime): boolean {
  return a.first <= b.last && b.first <= a.last;
}
