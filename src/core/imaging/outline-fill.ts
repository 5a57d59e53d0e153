import type { Size } from './resize.ts';

/** Outlines, filled: where the samples of a data set are filled shapes, a closed line stands for the shape that it encloses. */

/** Values below this count as background. */
const DRAWN = 32;

/** Gaps of twice one of these shares of a drawing's side do not let the fill out: as little is bridged as will do. */
const REACHES = [0.004, 0.015];
const FARTHEST = 0.04;

/** A reach will do where it closes this share of what the farthest does, which also closes notches such as between two legs. */
const WILL_DO = 0.6;

/** A drawing that covers a square of this share of its side somewhere is filled already: wider than any brush. */
const SOLID = 0.16;

/** What an outline encloses is at least this many times as large as the line itself. */
const LEAST_INSIDE = 0.25;

/** The shade of the inside, against the line's own: lines within it stay visible. */
const INSIDE_SHADE = 0.72;

/** Outlines are looked for in squares of this many pixels: it happens at every move of the pen. */
const SQUARE = 2;

/**
 * An outline with its inside filled; null where the drawing is no outline: nothing is enclosed, or it is filled already.
 * `pixels`: [side, side], gray.
 */
export function filledOutline(pixels: Uint8Array, side: number): Uint8Array<ArrayBuffer> | null {
  const edge = Math.ceil(side / SQUARE);
  const squares = brightest(pixels, side, edge);
  if (hasSquare(squares, edge, Math.round(edge * SOLID))) return null;
  const inside = insideOf(squares, edge);
  if (inside === null) return null;
  const shade = Math.round(meanShade(pixels) * INSIDE_SHADE);
  const filled = pixels.slice();
  for (let i = 0; i < filled.length; i++) {
    const value = filled[i] ?? 0;
    const square = Math.floor(i / side / SQUARE) * edge + Math.floor((i % side) / SQUARE);
    if (value < DRAWN && inside[square] === 1) filled[i] = Math.max(value, shade);
  }
  return filled;
}

/** The brightest pixel of each square of a drawing: [edge, edge]. */
function brightest(pixels: Uint8Array, side: number, edge: number): Uint8Array<ArrayBuffer> {
  const squares = new Uint8Array(edge * edge);
  for (let i = 0; i < pixels.length; i++) {
    const square = Math.floor(i / side / SQUARE) * edge + Math.floor((i % side) / SQUARE);
    squares[square] = Math.max(squares[square] ?? 0, pixels[i] ?? 0);
  }
  return squares;
}

/** What an outline encloses, with the line itself; null where that is too little for an outline. */
function insideOf(squares: Uint8Array, edge: number): Uint8Array | null {
  const size = { width: edge, height: edge };
  const enclosed = (share: number) => {
    const within = notOutside(squares, size, Math.max(1, Math.round(edge * share)));
    return { within, area: areaOf(within) - drawn };
  };
  const drawn = squares.reduce((count, value) => count + (value >= DRAWN ? 1 : 0), 0);
  const most = enclosed(FARTHEST);
  if (drawn === 0 || most.area < drawn * LEAST_INSIDE) return null;
  for (const share of REACHES) {
    const { within, area } = enclosed(share);
    if (area >= Math.max(WILL_DO * most.area, drawn * LEAST_INSIDE)) return within;
  }
  return most.within;
}

function areaOf(marks: Uint8Array): number {
  return marks.reduce((sum, is) => sum + is, 0);
}

/** The mean of all values that are no background; 0 where there is none. */
export function meanShade(pixels: Uint8Array): number {
  let [sum, count] = [0, 0];
  for (const value of pixels) {
    if (value < DRAWN) continue;
    sum += value;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

/**
 * The background that what is drawn encloses: [height, width], 1 as inside. Gaps of up to twice `reach` pixels count as
 * closed.
 */
export function enclosedBy(pixels: Uint8Array, { width, height }: Size, reach: number): Uint8Array<ArrayBuffer> {
  const within = notOutside(pixels, { width, height }, reach);
  return within.map((is, i) => ((pixels[i] ?? 0) < DRAWN ? is : 0));
}

/** What is drawn and what it encloses: [height, width]. */
function notOutside(pixels: Uint8Array, { width, height }: Size, reach: number): Uint8Array<ArrayBuffer> {
  // With a margin, so that what is drawn close to the border shuts nothing in between.
  const margin = reach + 1;
  const padded = { width: width + 2 * margin, height: height + 2 * margin };
  const wall = new Uint8Array(padded.width * padded.height);
  const place = (i: number) => (Math.floor(i / width) + margin) * padded.width + (i % width) + margin;
  for (let i = 0; i < pixels.length; i++) if ((pixels[i] ?? 0) >= DRAWN) wall[place(i)] = 1;
  const outside = grown(reachedFromCorner(grown(wall, padded, reach), padded), padded, reach);
  return Uint8Array.from(pixels, (value, i) => (value >= DRAWN || outside[place(i)] === 0 ? 1 : 0));
}

/** Every marked pixel with all that are at most `reach` columns and rows away. */
function grown(marks: Uint8Array, { width, height }: Size, reach: number): Uint8Array<ArrayBuffer> {
  const across = spread(marks, { lines: height, length: width, next: 1, line: width }, reach);
  return spread(across, { lines: width, length: height, next: width, line: 1 }, reach);
}

/** How rows or columns lie in memory. */
interface Lines {
  readonly lines: number;
  readonly length: number;
  /** From one place of a line to the next. */
  readonly next: number;
  /** From one line to the next. */
  readonly line: number;
}

/** Marks spread along lines in both directions. */
function spread(marks: Uint8Array, { lines, length, next, line }: Lines, reach: number): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(marks.length);
  for (let row = 0; row < lines; row++) {
    let until = -1;
    for (let at = -reach; at < length; at++) {
      const ahead = at + reach;
      if (ahead < length && marks[row * line + ahead * next] === 1) until = ahead + reach;
      if (at >= 0 && at <= until) result[row * line + at * next] = 1;
    }
  }
  return result;
}

/** The pixels that are connected with the upper left corner beside the wall. */
function reachedFromCorner(wall: Uint8Array, { width }: Size): Uint8Array<ArrayBuffer> {
  const reached = new Uint8Array(wall.length);
  const waiting = new Int32Array(wall.length);
  let count = 1;
  reached[0] = 1;
  const visit = (i: number) => {
    if (i < 0 || i >= wall.length || wall[i] === 1 || reached[i] === 1) return;
    reached[i] = 1;
    waiting[count++] = i;
  };
  while (count > 0) {
    const i = waiting[--count] ?? 0;
    const x = i % width;
    if (x > 0) visit(i - 1);
    if (x < width - 1) visit(i + 1);
    visit(i - width);
    visit(i + width);
  }
  return reached;
}

/** Whether a square of that many pixels is drawn on all over. */
function hasSquare(pixels: Uint8Array, side: number, edge: number): boolean {
  // The largest square that ends at each pixel of the rows so far: the last ones are kept in place.
  const largest = new Uint16Array(side);
  let before = 0;
  for (let i = 0; i < pixels.length; i++) {
    const x = i % side;
    const isDrawn = (pixels[i] ?? 0) >= DRAWN;
    const corner = x === 0 ? 0 : before;
    before = largest[x] ?? 0;
    largest[x] = isDrawn ? 1 + Math.min(x === 0 ? 0 : (largest[x - 1] ?? 0), before, corner) : 0;
    if ((largest[x] ?? 0) >= edge) return true;
  }
  return false;
}
