/** Where points lie on a plot, in CSS pixels from its top left: [n, 2]. */
export type PlacedPoints = Float32Array;

/** Room around the points, in CSS pixels. */
const MARGIN = 8;
/** How far from a point the pointer may be. */
const REACH = 16;

/** Points [n, 2] on a plot, with the same scale along both axes and the second axis upwards. */
export function placePoints(points: Float32Array, width: number, height: number): PlacedPoints {
  const [x, y] = [rangeOf(points, 0), rangeOf(points, 1)];
  const scale = Math.min((width - 2 * MARGIN) / (x.length || 1), (height - 2 * MARGIN) / (y.length || 1));
  return points.map((value, i) =>
    i % 2 === 0 ? width / 2 + (value - x.middle) * scale : height / 2 - (value - y.middle) * scale,
  );
}

function rangeOf(points: Float32Array, axis: number) {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = axis; i < points.length; i += 2) {
    low = Math.min(low, points[i] ?? 0);
    high = Math.max(high, points[i] ?? 0);
  }
  return { length: high - low, middle: (low + high) / 2 };
}

/** The point nearest to a place on the plot; null where none is near. */
export function pointAt(placed: PlacedPoints, x: number, y: number): number | null {
  const [nearest] = nearestTo(placed, x, y, 1);
  if (nearest === undefined) return null;
  return distance(placed, nearest, x, y) <= REACH ** 2 ? nearest : null;
}

/** The points nearest to a place, the nearest first. */
export function nearestTo(points: Float32Array, x: number, y: number, count: number): readonly number[] {
  const nearest: number[] = [];
  for (let point = 0; point < points.length / 2; point++) {
    const own = distance(points, point, x, y);
    const place = nearest.findIndex((other) => own < distance(points, other, x, y));
    if (place >= 0) nearest.splice(place, 0, point);
    else if (nearest.length < count) nearest.push(point);
    if (nearest.length > count) nearest.pop();
  }
  return nearest;
}

function distance(points: Float32Array, point: number, x: number, y: number): number {
  return ((points[2 * point] ?? 0) - x) ** 2 + ((points[2 * point + 1] ?? 0) - y) ** 2;
}
