import { type Buffer, bytesOf } from './buffer.ts';
import { type Access, readsOf, writesOf } from './operation.ts';

/** From the operation that first writes a buffer to the last that reads or writes it, by their places in the list. */
export interface Lifetime {
  readonly first: number;
  readonly last: number;
}

/** Where the values of a step lie in one block of memory. */
export interface MemoryPlan {
  /** The bytes before each buffer of the step. */
  readonly offsets: ReadonlyMap<Buffer, number>;
  /** The size of the block. */
  readonly bytes: number;
  readonly lifetimes: ReadonlyMap<Buffer, Lifetime>;
}

/** How an executor lays out its memory: the bytes that a buffer of so many bytes takes. */
export type Footprint = (bytes: number) => number;

/** When each buffer of the step is needed. A RangeError where one is read before anything was written to it. */
function lifetimesOf(operations: readonly Access[], kept: Buffer | null): ReadonlyMap<Buffer, Lifetime> {
  const lifetimes = new Map<Buffer, Lifetime>();
  operations.forEach((operation, place) => {
    for (const buffer of readsOf(operation)) {
      if (buffer.role !== 'step') continue;
      const known = lifetimes.get(buffer);
      if (known === undefined)
        throw new RangeError(`${operation.name} reads ${buffer.name}, which nothing has written.`);
      lifetimes.set(buffer, { ...known, last: place });
    }
    for (const buffer of writesOf(operation)) {
      if (buffer.role === 'step') lifetimes.set(buffer, { first: lifetimes.get(buffer)?.first ?? place, last: place });
    }
  });
  const known = kept && lifetimes.get(kept);
  if (kept && known) lifetimes.set(kept, { ...known, last: operations.length });
  return lifetimes;
}

/**
 * Gives each buffer of the step its place; two share addresses only if they are never needed at the same operation. Large ones
 * come first, each into the lowest gap that is large enough. `kept`: a buffer that is read behind the last operation.
 */
export function planMemory(
  operations: readonly Access[],
  footprint: Footprint = (bytes) => bytes,
  kept: Buffer | null = null,
): MemoryPlan {
  const lifetimes = lifetimesOf(operations, kept);
  const placed: Placed[] = [];
  const requests = [...lifetimes].map(([buffer, lifetime]) => ({ buffer, lifetime, size: footprint(bytesOf(buffer)) }));
  for (const { buffer, lifetime, size } of requests.toSorted((a, b) => b.size - a.size)) {
    const neighbours = placed.filter((other) => overlaps(other.lifetime, lifetime));
    const start = lowestGap(neighbours, size);
    placed.push({ buffer, lifetime, start, end: start + size });
  }
  return {
    offsets: new Map(placed.map(({ buffer, start }) => [buffer, start])),
    bytes: placed.reduce((most, { end }) => Math.max(most, end), 0),
    lifetimes,
  };
}

interface Placed {
  readonly buffer: Buffer;
  readonly lifetime: Lifetime;
  readonly start: number;
  readonly end: number;
}

function overlaps(a: Lifetime, b: Lifetime): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** The lowest address from which `size` bytes are free of all neighbours. */
function lowestGap(neighbours: readonly Placed[], size: number): number {
  let start = 0;
  for (const { start: from, end } of neighbours.toSorted((a, b) => a.start - b.start)) {
    if (from - start >= size) return start;
    start = Math.max(start, end);
  }
  return start;
}
