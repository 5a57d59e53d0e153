import { at, last } from '../at.ts';
import { type Confusion, ratio, sum } from './metrics.ts';

/** A square table of numbers, a row for each true class: `[10][10]`. */
export type Matrix = readonly (readonly number[])[];

/**
 * Counts as shares of their row (how each true class was predicted) or of their column (what is behind each
 * prediction).
 */
export function normalised(counts: Confusion, by: 'row' | 'column'): Matrix {
  const columns = counts.map((_, c) => sum(counts.map((row) => at(row, c))));
  return counts.map((row) => {
    const whole = sum(row);
    return row.map((count, c) => ratio(count, by === 'row' ? whole : at(columns, c)));
  });
}

/** Cell by cell, how much larger `a` is than `b`. */
export function difference(a: Matrix, b: Matrix): Matrix {
  return a.map((row, r) => row.map((value, c) => value - at(at(b, r), c)));
}

/** The table with its rows and columns in this order of classes. */
export function reordered(matrix: Matrix, order: readonly number[]): Matrix {
  return order.map((r) => order.map((c) => at(at(matrix, r), c)));
}

/**
 * The classes with those that are taken for each other side by side: average-linkage clustering (Sokal and Michener,
 * 1958), where the similarity of two classes is the mean of the two shares with which one is mistaken for the other.
 * When two groups are merged, the ends that are most alike are joined; on a tie the lower class comes first, so the
 * order is always the same.
 */
export function clusteredOrder(counts: Confusion): readonly number[] {
  const shares = normalised(counts, 'row');
  const similarity = (a: number, b: number) => (at(at(shares, a), b) + at(at(shares, b), a)) / 2;
  let groups: readonly (readonly number[])[] = counts.map((_, c) => [c]);
  while (groups.length > 1) {
    const [first, second] = closestPair(groups, similarity);
    const merged = joined(first, second, similarity);
    groups = groups.flatMap((group) => (group === first ? [merged] : group === second ? [] : [group]));
  }
  return groups[0] ?? [];
}

type Group = readonly number[];
type Similarity = (a: number, b: number) => number;

/** The two groups whose classes are, on average over all pairs, most alike; the first such pair. */
function closestPair(groups: readonly Group[], similarity: Similarity): readonly [Group, Group] {
  const pairs = groups.flatMap((a, i) => groups.slice(i + 1).map((b) => [a, b] as const));
  const alike = pairs.map(([a, b]) => sum(a.flatMap((x) => b.map((y) => similarity(x, y)))) / (a.length * b.length));
  return at(pairs, firstLargest(alike));
}

/** Two groups as one, each turned so that the ends that meet are most alike. */
function joined(a: Group, b: Group, similarity: Similarity): Group {
  const ways = [
    [a, b],
    [a, b.toReversed()],
    [a.toReversed(), b],
    [a.toReversed(), b.toReversed()],
  ] as const;
  const alike = ways.map(([left, right]) => similarity(last(left), at(right, 0)));
  return at(ways, firstLargest(alike)).flat();
}

function firstLargest(values: readonly number[]): number {
  return values.reduce((best, value, i) => (value > at(values, best) ? i : best), 0);
}

/** A class and what it is taken for, with how often. */
export interface Mistaking {
  readonly truth: number;
  readonly predicted: number;
  readonly count: number;
}

/** The most frequent mistakes, at most so many, the most frequent one first; on a tie in the order of the table. */
export function mostFrequentMistakes(counts: Confusion, most: number): readonly Mistaking[] {
  return counts
    .flatMap((row, truth) => row.map((count, predicted) => ({ truth, predicted, count })))
    .filter(({ truth, predicted, count }) => truth !== predicted && count > 0)
    .toSorted((a, b) => b.count - a.count)
    .slice(0, most);
}
