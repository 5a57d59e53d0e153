/** A square gray image, light on dark. */
export interface Raster {
  readonly side: number;
  /** [side, side], row-major, 0 as black and 255 as white. */
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/** A place on a raster, in its pixels; it may lie between pixels or outside. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How a line is drawn: how wide in pixels, and how light from 0 to 255. */
export interface Brush {
  readonly width: number;
  readonly shade: number;
}

/** Values this near to each other count as one area when filling. */
const SAME_AREA = 48;

/** Where a place lies on the other side of the upright axis. */
export function mirrored({ x, y }: Point, side: number): Point {
  return { x: side - x, y };
}

/** A black raster. */
export function createRaster(side: number): Raster {
  return { side, pixels: new Uint8Array(side * side) };
}

/** Whether nothing is drawn. */
export function isBlank({ pixels }: Raster): boolean {
  // Called at every move of the pen: a loop takes a tenth of the time of `every`.
  for (let i = 0; i < pixels.length; i++) if (pixels[i] !== 0) return false;
  return true;
}

/** Draws a straight line with round ends and smooth edges; a dot where both ends are one. Changes the raster. */
export function drawLine(raster: Raster, from: Point, to: Point, { width, shade }: Brush): void {
  const { side, pixels } = raster;
  const radius = width / 2;
  const first = (a: number, b: number) => Math.max(0, Math.floor(Math.min(a, b) - radius));
  const last = (a: number, b: number) => Math.min(side - 1, Math.ceil(Math.max(a, b) + radius));
  for (let y = first(from.y, to.y); y <= last(from.y, to.y); y++) {
    for (let x = first(from.x, to.x); x <= last(from.x, to.x); x++) {
      const distance = distanceToLine({ x: x + 0.5, y: y + 0.5 }, from, to);
      const cover = Math.min(1, Math.max(0, radius + 0.5 - distance));
      const at = y * side + x;
      const old = pixels[at] ?? 0;
      if (cover > 0) pixels[at] = Math.round(old + (shade - old) * cover);
    }
  }
}

function distanceToLine(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / length;
  const held = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - from.x - held * dx, point.y - from.y - held * dy);
}

/**
 * Fills the area of like pixels around a point, up to and under the smooth edge of what encloses it; leaves alone what has
 * that shade already. Changes the raster.
 */
export function floodFill(raster: Raster, at: Point, shade: number): void {
  const { side, pixels } = raster;
  const [x, y] = [Math.floor(at.x), Math.floor(at.y)];
  if (x < 0 || y < 0 || x >= side || y >= side || pixels[y * side + x] === shade) return;
  const area = likeArea(raster, y * side + x);
  area.forEach((inside, index) => {
    if (inside) pixels[index] = shade;
  });
  area.forEach((inside, index) => {
    if (!inside) return;
    for (const next of neighbours(index, side)) if (!area[next]) pixels[next] = Math.max(pixels[next] ?? 0, shade);
  });
}

/** Marks every pixel that is connected to `start` through pixels like it: [side, side], 1 as inside. */
function likeArea({ side, pixels }: Raster, start: number): Uint8Array {
  const inside = new Uint8Array(side * side);
  const seed = pixels[start] ?? 0;
  const waiting = [start];
  inside[start] = 1;
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    for (const next of neighbours(index, side)) {
      if (inside[next] || Math.abs((pixels[next] ?? 0) - seed) > SAME_AREA) continue;
      inside[next] = 1;
      waiting.push(next);
    }
  }
  return inside;
}

/** The pixels above, below, left and right of one, within the raster. */
function neighbours(index: number, side: number): readonly number[] {
  const x = index % side;
  const all = [index - side, index + side, x > 0 ? index - 1 : -1, x < side - 1 ? index + 1 : -1];
  return all.filter((next) => next >= 0 && next < side * side);
}

/** Swaps left and right. Changes the raster. */
export function mirror({ side, pixels }: Raster): void {
  for (let y = 0; y < side; y++) pixels.subarray(y * side, (y + 1) * side).reverse();
}
