import { fractionOf } from '../base/scale.ts';
import type { PlacedPoint } from './curve.ts';
import { MARGIN } from './geometry.ts';
import type { GapPoint, PreparedCurves } from './prepare.ts';

/** Where the values of a chart lie on the screen, in CSS pixels, also those beyond its axes. */
export interface Projection {
  readonly x: (place: number) => number;
  /** NaN for what has no place, as 0 on a logarithmic axis. */
  readonly y: (value: number) => number;
}

/** Values further beyond an axis than this many times its length are drawn there: a browser draws no line to 1e30. */
const FAR = 10;

/** How values are projected on a plot of this size in CSS pixels. */
export function projection({ x, y }: Pick<PreparedCurves, 'x' | 'y'>, width: number, height: number): Projection {
  const across = width - MARGIN.left - MARGIN.right;
  const down = height - MARGIN.top - MARGIN.bottom;
  return {
    x: (place) => MARGIN.left + fractionOf(place, x.scale) * across,
    y: (value) => MARGIN.top + (1 - Math.min(1 + FAR, Math.max(-FAR, fractionOf(value, y.scale)))) * down,
  };
}

/** A line through points, as the data of an SVG path; straight over points that have no place. */
export function linePath(points: readonly PlacedPoint[], to: Projection): string {
  const places: string[] = [];
  for (const { x, value } of points) {
    const y = to.y(value);
    if (Number.isFinite(y)) places.push(`${hundredths(to.x(x))} ${hundredths(y)}`);
  }
  // Joined, it is one string; a sum would keep all of its parts.
  return places.length === 0 ? '' : `M${places.join('L')}`;
}

/** The area of the gap, as the data of an SVG path. */
export function gapPath(gap: readonly GapPoint[], to: Projection): string {
  const upper = gap.map(({ x, range: [, high] }) => `${hundredths(to.x(x))} ${hundredths(to.y(high))}`);
  const lower = gap.map(({ x, range: [low] }) => `${hundredths(to.x(x))} ${hundredths(to.y(low))}`);
  return gap.length === 0 ? '' : `M${[...upper, ...lower.reverse()].join('L')}Z`;
}

/** The area between two lines, as the data of an SVG path; nothing where one of them has no place. */
export function areaPath(low: readonly PlacedPoint[], high: readonly PlacedPoint[], to: Projection): string {
  const places = [...high, ...low.toReversed()].map(({ x, value }) => [to.x(x), to.y(value)] as const);
  const drawn = places.filter(([, y]) => Number.isFinite(y));
  return drawn.length < 3 ? '' : `M${drawn.map(([x, y]) => `${hundredths(x)} ${hundredths(y)}`).join('L')}Z`;
}

function hundredths(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}
