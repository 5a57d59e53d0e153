import { at } from '../../../core/at.ts';

/** Where cards go while one of them is moved. Heights are those of the cards with their wires, in CSS pixels. */

/** The position that a card takes when it is moved by `dy` from position `from`: it passes a card when it covers its half. */
export function gapUnder(heights: readonly number[], from: number, dy: number): number {
  const tops = topsOf(heights);
  const top = at(tops, from) + dy;
  const bottom = top + at(heights, from);
  const middleOf = (i: number) => at(tops, i) + at(heights, i) / 2;
  let to = from;
  while (to < heights.length - 1 && bottom > middleOf(to + 1)) to++;
  while (to > 0 && to <= from && top < middleOf(to - 1)) to--;
  return to;
}

/** How far each card is from its place when the one at `from` goes to `to`. */
export function offsets(heights: readonly number[], from: number, to: number): readonly number[] {
  const moved = at(heights, from);
  return heights.map((_, i) => {
    if (i === from) return sum(heights.slice(from + 1, to + 1)) - sum(heights.slice(to, from));
    if (i > from && i <= to) return -moved;
    return i >= to && i < from ? moved : 0;
  });
}

function topsOf(heights: readonly number[]): readonly number[] {
  return heights.map((_, i) => sum(heights.slice(0, i)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
