import { at } from '../../core/at.ts';
import { OutOfMemoryError } from '../out-of-memory-error.ts';

/** Every block begins at a multiple of this, a cache line, so that blocks of different threads do not share one. */
const ALIGNMENT = 64;

/** Bytes behind each block that may be read, never written: vectors are read whole at the end of a row. */
const SLACK = 64;

/** Bytes of a heap that a block of so many takes. */
export function blockBytes(bytes: number): number {
  return Math.ceil((bytes + SLACK) / ALIGNMENT) * ALIGNMENT;
}

interface Gap {
  readonly start: number;
  readonly end: number;
}

/** Allocates blocks of memory from `start` on; grows the memory when none is left. */
export class Heap {
  readonly #grow: (end: number) => void;
  /** Free stretches in ascending order; no two touch. The last one has no end. */
  #gaps: Gap[];
  readonly #sizes = new Map<number, number>();
  #used = 0;

  /** `grow` is called with the end of the highest block, and throws where memory ends before. */
  constructor(start: number, grow: (end: number) => void) {
    this.#gaps = [{ start: Math.ceil(start / ALIGNMENT) * ALIGNMENT, end: Number.POSITIVE_INFINITY }];
    this.#grow = grow;
  }

  /** Bytes that are allocated. */
  get used(): number {
    return this.#used;
  }

  /** The address of a new block, the lowest that is large enough. Its contents are undefined. */
  allocate(bytes: number): number {
    const size = blockBytes(bytes);
    const index = this.#gaps.findIndex(({ start, end }) => end - start >= size);
    const gap = at(this.#gaps, index);
    const rest = { start: gap.start + size, end: gap.end };
    if (gap.end === Number.POSITIVE_INFINITY) this.#grow(rest.start);
    this.#gaps.splice(index, 1, ...(rest.start < rest.end ? [rest] : []));
    this.#sizes.set(gap.start, size);
    this.#used += size;
    return gap.start;
  }

  /** Frees a block. */
  free(address: number): void {
    const size = this.#sizes.get(address);
    if (size === undefined) throw new RangeError(`There is no block at ${address}.`);
    this.#sizes.delete(address);
    this.#used -= size;
    this.#insert({ start: address, end: address + size });
  }

  #insert(freed: Gap): void {
    const after = this.#gaps.findIndex(({ start }) => start >= freed.end);
    const [left, right] = [this.#gaps[after - 1], this.#gaps[after]];
    const joinsLeft = left?.end === freed.start;
    const joinsRight = right?.start === freed.end;
    const joined = {
      start: joinsLeft ? left.start : freed.start,
      end: joinsRight ? right.end : freed.end,
    };
    this.#gaps.splice(after - (joinsLeft ? 1 : 0), (joinsLeft ? 1 : 0) + (joinsRight ? 1 : 0), joined);
  }
}

/** Whether a heap has room for blocks of so many bytes beside those that it has. They are allocated for it, and freed. */
export function hasRoomFor(heap: Heap, blocks: readonly number[]): boolean {
  const made: number[] = [];
  try {
    for (const bytes of blocks) made.push(heap.allocate(bytes));
    return true;
  } catch (error) {
    if (error instanceof OutOfMemoryError) return false;
    throw error;
  } finally {
    for (const address of made) heap.free(address);
  }
}
