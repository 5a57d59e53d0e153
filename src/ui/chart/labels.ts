/** A line's end and where its figure goes, in CSS pixels. */
export interface EndLabel {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
}

/** Room for a figure such as `95.9 %`. */
const FIGURE_WIDTH = 46;
const LINE_HEIGHT = 15;

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
 * `right`, else above the upper and below the lower line, but not below `bottom`, where the axis is.
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
    const lower = Math.min(Math.max(first.y, second.y) + 16, bottom - 3);
    const upper = Math.min(Math.min(first.y, second.y) - 8, lower - LINE_HEIGHT);
    return [beside(first, firstIsUpper ? upper : lower), beside(second, firstIsUpper ? lower : upper)];
  }
  const short = Math.max(0, LINE_HEIGHT - Math.abs(first.y - second.y)) / 2;
  const lower = Math.min(Math.max(first.y, second.y) + short + 4, bottom - 3);
  const upper = Math.min(Math.min(first.y, second.y) - short + 4, lower - LINE_HEIGHT);
  return [behind(first, firstIsUpper ? upper : lower), behind(second, firstIsUpper ? lower : upper)];
}

function behind({ x }: { x: number }, y: number): EndLabel {
  return { x: x + 7, y, anchor: 'start' };
}

function beside({ x }: { x: number }, y: number): EndLabel {
  return { x: x + 4, y, anchor: 'end' };
}
