import { MARGIN } from './geometry.ts';

/** A line's end and where its figure goes, in CSS pixels. */
export interface EndLabel {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
}

/** Room for a figure such as `95.9 %`. */
export const FIGURE_WIDTH = 46;
const LINE_HEIGHT = 15;
/** The highest place of a figure: over the plot stands the best epoch. */
const TOP = MARGIN.top + 10;

/**
 * Moves labels apart so that none is nearer to the next than `gap`, and all stay between `top` and `bottom`. Takes and
 * gives their centres in the same order.
 */
export function spread(centres: readonly number[], gap: number, top: number, bottom: number): readonly number[] {
  const order = centres.map((centre, index) => ({ centre, index })).sort((a, b) => a.centre - b.centre);
  let floor = top;
  const pushed = order.map(({ centre, index }) => {
    const placed = Math.max(centre, floor);
    floor = placed + gap;
    return { placed, index };
  });
  let ceiling = bottom;
  const placed: number[] = new Array(centres.length);
  for (const label of pushed.reverse()) {
    placed[label.index] = Math.min(label.placed, ceiling);
    ceiling = Math.min(label.placed, ceiling) - gap;
  }
  return placed;
}

/**
 * Where the figures of two lines go that end at (x, upper) and (x, lower): behind the ends while there is room up to
 * `right`, else above the upper and below the lower line, but not below `bottom`, where the axis is, nor above the plot.
 */
export function endLabels(
  ends: readonly [first: { x: number; y: number }, second: { x: number; y: number }],
  right: number,
  bottom: number,
): readonly [EndLabel, EndLabel] {
  const [first, second] = ends;
  const firstIsUpper = first.y <= second.y;
  const fits = Math.max(first.x, second.x) + FIGURE_WIDTH <= right;
  if (!fits) {
    const { upper, lower } = apart(Math.min(first.y, second.y) - 8, Math.max(first.y, second.y) + 16, bottom - 3);
    return [beside(first, firstIsUpper ? upper : lower), beside(second, firstIsUpper ? lower : upper)];
  }
  const short = Math.max(0, LINE_HEIGHT - Math.abs(first.y - second.y)) / 2;
  const { upper, lower } = apart(
    Math.min(first.y, second.y) - short + 4,
    Math.max(first.y, second.y) + short + 4,
    bottom - 3,
  );
  return [behind(first, firstIsUpper ? upper : lower), behind(second, firstIsUpper ? lower : upper)];
}

/** Two places for figures, at least a line apart, and within the plot where it has room for both. */
function apart(above: number, below: number, bottom: number): { readonly upper: number; readonly lower: number } {
  const lower = Math.min(Math.max(below, TOP + LINE_HEIGHT), bottom);
  return { lower, upper: Math.min(Math.max(above, TOP), lower - LINE_HEIGHT) };
}

function behind({ x }: { x: number }, y: number): EndLabel {
  return { x: x + 7, y, anchor: 'start' };
}

function beside({ x }: { x: number }, y: number): EndLabel {
  return { x: x + 4, y, anchor: 'end' };
}
