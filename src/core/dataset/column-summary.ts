import type { Field } from './spec.ts';
import type { Cell } from './table.ts';

/** Bins of a column of numbers. */
const BINS = 16;

/**
 * How often rows have each category, or numbers in each of 16 equal stretches from the least to the most of the training rows;
 * what lies outside counts to the nearest.
 */
export function columnCounts(field: Field, cells: readonly Cell[]): readonly number[] {
  if (field.kind === 'category')
    return field.categories.map((category) => cells.filter((cell) => cell === category).length);
  const { least, most } = field;
  const counts = new Array<number>(BINS).fill(0);
  for (const cell of cells) {
    if (typeof cell !== 'number') continue;
    const share = most > least ? (cell - least) / (most - least) : 0;
    const bin = Math.min(BINS - 1, Math.max(0, Math.floor(share * BINS)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
