import { type Axis, accuracyAxis, horizontalAxis, logLossAxis, lossAxis, USUAL_LOSS } from './axis.ts';
import {
  type Curve,
  finite,
  type Ghost,
  type Horizontal,
  type Place,
  type PlacedPoint,
  valueAt,
  visibleGhosts,
} from './curve.ts';
import { decimate } from './decimate.ts';
import { smooth } from './smooth.ts';

/** What a chart is given. */
export interface CurveData {
  readonly kind: 'accuracy' | 'loss';
  /** How long the run is; the x axis ends there, unless `horizontal` says otherwise. */
  readonly epochs: number;
  readonly horizontal?: Horizontal | undefined;
  /** Training as it comes in, several points an epoch, each the running mean in training mode. */
  readonly trace: Curve;
  /** The mean of training over each whole epoch. */
  readonly training: Curve;
  /** Validation at the end of each epoch. */
  readonly validation: Curve;
  readonly ghosts: readonly Ghost[];
  /** Weight of the past in the training line, from 0 to below 1. */
  readonly smoothing: number;
  /** The epoch with the lowest validation loss. */
  readonly best?: number | undefined;
  /** Hatches the area between the lines from the best epoch on. */
  readonly gap: boolean;
  /** A logarithmic axis, for loss only. */
  readonly logarithmic: boolean;
  /** The lines of a chart beside this one: both get the same axis, with room for both. */
  readonly beside?: Pick<CurveData, 'trace' | 'validation'> | undefined;
}

/** The gap between training and validation at one epoch. */
export interface GapPoint {
  readonly epoch: number;
  readonly x: number;
  readonly range: readonly [low: number, high: number];
}

/** An earlier run on the x axis of this one. */
export interface PlacedGhost extends Ghost {
  readonly validation: readonly PlacedPoint[];
}

/** Where a run left the chart and did not come back. */
export interface Departure {
  readonly epoch: number;
  readonly x: number;
  /** Whether its values are not numbers from there on; else they are above the axis. */
  readonly lost: boolean;
}

/** What a chart draws: every line thinned and with places on the x axis, and both axes. */
export interface PreparedCurves extends Pick<Horizontal, 'unit' | 'place' | 'samples'> {
  readonly x: Axis;
  readonly y: Axis;
  readonly raw: readonly PlacedPoint[];
  readonly training: readonly PlacedPoint[];
  readonly validation: readonly PlacedPoint[];
  readonly ghosts: readonly PlacedGhost[];
  readonly gap: readonly GapPoint[];
  /** Where the run left the chart for good; null where it is still on it. */
  readonly departure: Departure | null;
}

/**
 * A run starts far above its later losses. Until this share of an epoch is over, the axis follows the newest value
 * alone.
 */
const SETTLED = 0.5;
const GAP_STEP = 0.25;

/**
 * Turns data into lines of at most `limit` points each. The value axis covers validation, ghosts and settled training, all of
 * which only ever gain points, so from the first half epoch on it grows with a run and never jumps back.
 */
export function prepareCurves(data: CurveData, limit: number): PreparedCurves {
  const { unit, place, end, samples } = data.horizontal ?? byEpoch(data.epochs);
  const trace = finite(data.trace);
  const validation = finite(data.validation);
  const smoothed = smooth(trace, data.smoothing);
  const ghosts = visibleGhosts(data.ghosts).map((ghost) => ({ ...ghost, validation: finite(ghost.validation) }));
  const { beside } = data;
  const own = settledValues(smoothed, validation);
  const others = beside
    ? settledValues(smooth(finite(beside.trace), data.smoothing), finite(beside.validation))
    : undefined;
  const most = highest(data.kind, [
    { values: own, start: trace[0]?.value },
    ...(beside && others ? [{ values: others, start: beside.trace[0]?.value }] : []),
  ]);
  const values = [...own, ...ghosts.flatMap((ghost) => withinReach(ghost.validation, own)), ...(others ?? [])];
  const y = valueAxis(data, extremes(values.filter((value) => value <= most)));
  return {
    unit,
    place,
    samples,
    x: horizontalAxis(unit, end),
    y,
    raw: placed(decimate(trace, data.epochs, limit), place),
    training: placed(decimate(smoothed, data.epochs, limit), place),
    validation: placed(validation, place),
    departure: departureOf(data, [smoothed, validation], y, place),
    ghosts: ghosts.map((ghost) => ({ ...ghost, validation: placed(ghost.validation, ghost.place ?? ((e) => e)) })),
    gap: data.gap && data.best !== undefined ? gapFrom(data.best, smoothed, validation, place) : [],
  };
}

/** An earlier run this many times as high may leave the axis: one that diverged would flatten all others. */
const REACH = 3;

function withinReach(ghost: Curve, own: readonly number[]): readonly number[] {
  const most = REACH * own.reduce((high, value) => Math.max(high, value), USUAL_LOSS);
  return ghost.map(({ value }) => value).filter((value) => value <= most);
}

/** The settled values of a run, and the first value that was measured of it. */
interface Course {
  readonly values: readonly number[];
  readonly start: number | undefined;
}

/**
 * The highest value that the axis goes by: one that diverged would flatten everything else. Of runs side by side the calmer one
 * decides, and none that diverged; a loss counts as such from three times the first one on.
 */
function highest(kind: CurveData['kind'], courses: readonly Course[]): number {
  if (kind === 'accuracy') return 1;
  const limits = courses
    .filter(({ values }) => values.length > 0)
    .map(({ values, start = USUAL_LOSS }) => {
      const beginning = Number.isFinite(start) ? Math.max(USUAL_LOSS, start) : USUAL_LOSS;
      const top = values.reduce((high, value) => Math.max(high, value), USUAL_LOSS);
      return REACH * (courses.length === 1 ? beginning : Math.min(beginning, top));
    });
  return Math.min(...limits);
}

/** Where a run left the chart: at its last point on it, or at the first value that is no number. */
function departureOf({ trace }: CurveData, lines: readonly Curve[], y: Axis, place: Place): Departure | null {
  const lost = trace.find(({ value }) => !Number.isFinite(value));
  if (lost !== undefined) return { x: place(lost.epoch), epoch: lost.epoch, lost: true };
  const left = lines.flatMap((line) => {
    const last = line.findLastIndex(({ value }) => value <= y.scale.max);
    const point = line[last] ?? line[0];
    return point === undefined || last === line.length - 1 ? [] : [point.epoch];
  });
  if (left.length === 0) return null;
  const epoch = Math.min(...left);
  return { x: place(epoch), epoch, lost: false };
}

/** What the value axis must have room for. */
function settledValues(smoothed: Curve, validation: Curve): readonly number[] {
  const settled = smoothed.filter((point, i) => point.epoch >= SETTLED || i === smoothed.length - 1);
  return [...validation, ...settled].map(({ value }) => value);
}

function byEpoch(epochs: number): Horizontal {
  return { unit: 'epoch', place: (epoch) => epoch, end: epochs, samples: 'samples' };
}

function placed(curve: Curve, place: Place): readonly PlacedPoint[] {
  return curve.map((point) => ({ ...point, x: place(point.epoch) }));
}

function valueAxis({ kind, logarithmic }: CurveData, values: readonly number[]): Axis {
  if (kind === 'accuracy') return accuracyAxis(values);
  return logarithmic ? logLossAxis(values) : lossAxis(values);
}

/** The least, the least above 0, and the most: all that an axis needs of thousands of values. */
function extremes(values: readonly number[]): readonly number[] {
  const positive = values.filter((value) => value > 0);
  const least = (list: readonly number[]) =>
    list.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const most = values.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
  return [least(values), least(positive), most].filter(Number.isFinite);
}

function gapFrom(best: number, training: Curve, validation: Curve, place: Place): readonly GapPoint[] {
  const last = validation.at(-1)?.epoch ?? 0;
  const count = Math.max(0, Math.round((last - best) / GAP_STEP));
  if (count === 0) return [];
  return Array.from({ length: count + 1 }, (_, index) => {
    const epoch = best + index * GAP_STEP;
    const ends = [valueAt(training, epoch) ?? 0, valueAt(validation, epoch) ?? 0] as const;
    return { epoch, x: place(epoch), range: [Math.min(...ends), Math.max(...ends)] };
  });
}
