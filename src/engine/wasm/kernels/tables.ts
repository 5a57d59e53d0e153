import { at } from '../../../core/at.ts';
import type { Window } from '../../../core/network/layers/window.ts';
import type { Images } from '../../step/images.ts';
import type { Placement } from './placement.ts';
import { ENTRY, TILE_ROWS } from './product.ts';

/** A table of pairs in memory, for PRODUCT. */
export interface Table {
  readonly start: number;
  readonly end: number;
}

/** What a table is made of: see PRODUCT. */
export type Pairs = readonly (readonly number[])[];

/** Where tables are kept. */
export interface TableMemory {
  readonly heap: { allocate(bytes: number): number; free(address: number): void };
  readonly ints: { set(values: readonly number[], place: number): void };
}

/** Tables that never change, by the values that they are made from. */
export class Tables {
  readonly #memory: TableMemory;
  readonly #known = new Map<string, Table>();

  constructor(memory: TableMemory) {
    this.#memory = memory;
  }

  /** The rows at these offsets, in bytes, one after another; the last one is repeated until the tiles are full. */
  rows(key: string, offsets: () => readonly number[]): Table {
    return this.rowPairs(key, () => offsets().map((offset, row) => [offset, row]));
  }

  /** Rows with these offsets and numbers; the last one is repeated until the tiles are full. */
  rowPairs(key: string, pairs: () => Pairs): Table {
    return this.#table(`rows ${key}`, () => {
      const all = pairs();
      const count = Math.ceil(all.length / TILE_ROWS) * TILE_ROWS;
      return Array.from({ length: count }, (_, i) => at(all, Math.min(i, all.length - 1)));
    });
  }

  /** The steps at these offsets in A, in bytes, through a B whose rows are `bRow` bytes apart. */
  steps(key: string, bRow: number, offsets: () => readonly number[]): Table {
    return this.stepPairs(`${key} ${bRow}`, () => offsets().map((offset, step) => [offset, step * bRow]));
  }

  /** Steps with these offsets in A and in B. */
  stepPairs(key: string, pairs: () => Pairs): Table {
    return this.#table(`steps ${key}`, pairs);
  }

  /** The address of at least so many zeros. */
  zeros(count: number): number {
    return this.#table(`zeros ${count}`, () => Array.from({ length: Math.ceil(count / 2) }, () => [0, 0])).start;
  }

  /** Frees them all; they are made again when needed. Do not call it while a kernel is being prepared. */
  clear(): void {
    for (const { start } of this.#known.values()) this.#memory.heap.free(start);
    this.#known.clear();
  }

  #table(key: string, entries: () => Pairs): Table {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const pairs = entries();
    const start = this.#memory.heap.allocate(pairs.length * ENTRY);
    this.#memory.ints.set(pairs.flat(), start / 4);
    const table = { start, end: start + pairs.length * ENTRY };
    this.#known.set(key, table);
    return table;
  }
}

/** 0, stride, 2 * stride ...: `count` of them. */
export function evenly(count: number, stride: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i * stride);
}

/** The place of a window in an image at each of its stops, row by row, in bytes. */
export function stopOffsets(
  { height, width }: { readonly height: number; readonly width: number },
  strides: number,
  rowBytes: number,
  pixelBytes: number,
): readonly number[] {
  return evenly(height, strides * rowBytes).flatMap((row) => evenly(width, strides * pixelBytes).map((x) => row + x));
}

/** The same places in each of so many images, `imageBytes` apart. */
export function inEach(images: number, imageBytes: number, offsets: readonly number[]): readonly number[] {
  return evenly(images, imageBytes).flatMap((image) => offsets.map((offset) => image + offset));
}

/** The places of the pixels that a window covers, relative to its first, in bytes. */
export function tapStarts({ size, dilation }: Window, rowBytes: number, pixelBytes: number): readonly number[] {
  return evenly(size, dilation * rowBytes).flatMap((row) => evenly(size, dilation * pixelBytes).map((x) => row + x));
}

/**
 * The places of the values that a window covers, relative to its first, tap by tap and channel by channel, in bytes.
 */
export function tapOffsets(window: Window, rowBytes: number, channels: number): readonly number[] {
  return tapStarts(window, rowBytes, channels * 4).flatMap((tap) =>
    evenly(channels, 4).map((channel) => tap + channel),
  );
}

/** Names the tables of a window's stops. */
export function stopsKey({ height, width }: Images, { strides }: Window, { placedRow, pixelBytes }: Placement): string {
  return `stops ${height} ${width} ${strides} ${placedRow} ${pixelBytes}`;
}

/** Names the tables of what a window covers. */
export function tapsKey({ size, dilation }: Window, { placedRow, pixelBytes }: Placement): string {
  return `taps ${size} ${dilation} ${placedRow} ${pixelBytes}`;
}
