import { type CurvePoint, firstFrom } from '../../core/training/curves.ts';

/** Points in rising order of epochs. */
export type Curve = readonly CurvePoint[];

/** What the x axis counts. */
export type XUnit = 'epoch' | 'step' | 'images' | 'seconds';

/** The place of an epoch, whole or fractional, on the x axis, in its unit. Monotonic. */
export type Place = (epoch: number) => number;

/** The x axis of a chart. */
export interface Horizontal {
  readonly unit: XUnit;
  readonly place: Place;
  /** Where the axis ends, in its unit. */
  readonly end: number;
  /** What samples are called, as `images`. */
  readonly samples: string;
}

/** A point with its place on the x axis. */
export interface PlacedPoint extends CurvePoint {
  readonly x: number;
}

/** A change made to a run while it trained: `lr 1e-3 → 1e-4`. */
export interface Intervention {
  readonly epoch: number;
  readonly label: string;
}

/** How far runs that differ in their seed alone scatter: from the least to the most of each epoch. */
export interface Band {
  /** The runs, in rising order. */
  readonly runs: readonly number[];
  readonly low: Curve;
  readonly high: Curve;
}

/** An earlier run, of which the charts show validation only; or several that differ in their seed alone, as their mean with a band. */
export interface Ghost {
  /** Its number; of several, the least. */
  readonly run: number;
  /** Of several, the mean. */
  readonly validation: Curve;
  readonly band?: Band | undefined;
  /** Drawn stronger, and the last to be left out. */
  readonly pinned?: boolean | undefined;
  /** Left out where the x axis counts epochs. */
  readonly place?: Place | undefined;
}

/** More than seven lines would be hard to read: two of the run itself, and these. */
const MAX_GHOSTS = 5;

/** The ghosts that show: pinned ones first, then the newest; returned in rising order of runs. */
export function visibleGhosts(ghosts: readonly Ghost[]): readonly Ghost[] {
  const byClaim = ghosts.toSorted((a, b) => Number(b.pinned ?? false) - Number(a.pinned ?? false) || b.run - a.run);
  return byClaim
    .filter((ghost) => ghost.validation.length > 0)
    .slice(0, MAX_GHOSTS)
    .sort((a, b) => a.run - b.run);
}

/**
 * The value of a curve at an epoch, on a straight line between its points; constant beyond its ends. Undefined if
 * empty.
 */
export function valueAt(curve: Curve, epoch: number): number | undefined {
  const next = firstFrom(curve, epoch);
  const after = curve[next];
  const before = curve[next - 1];
  if (!after || !before) return (after ?? before)?.value;
  const share = (epoch - before.epoch) / (after.epoch - before.epoch);
  return before.value + (after.value - before.value) * share;
}

/** The value that was measured at a whole epoch; undefined where there is none. */
export function measuredAt(curve: Curve, epoch: number): number | undefined {
  const point = curve[firstFrom(curve, epoch)];
  return point?.epoch === epoch ? point.value : undefined;
}

/** Drops what cannot be drawn: values that are no number, as after a run that diverged. */
export function finite(curve: Curve): Curve {
  return curve.every((point) => Number.isFinite(point.value))
    ? curve
    : curve.filter((point) => Number.isFinite(point.value));
}
