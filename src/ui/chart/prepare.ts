import { firstFrom } from '../../core/training/curves.ts';
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
  /**
   * A sample of the training samples, judged at the end of each epoch like the validation samples: without dropout and
   * augmentation. The gap is measured from it.
   */
  readonly judged?: Curve | undefined;
  /** Draws the judged sample as the training line; until its first point, and where this is left out, that is the smoothed trace. */
  readonly leadsJudged?: boolean | undefined;
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
  readonly beside?: LinesBeside | undefined;
}

/** The lines of the chart beside one. */
type LinesBeside = Pick<CurveData, 'trace' | 'judged' | 'validation'> & Partial<Pick<CurveData, 'ghosts'>>;

/** The gap between training and validation at one epoch. */
export interface GapPoint {
  readonly epoch: number;
  readonly x: number;
  readonly range: readonly [low: number, high: number];
}

/** An earlier run on the x axis of this one. */
export interface PlacedGhost extends Ghost {
  readonly validation: readonly PlacedPoint[];
  readonly area?: { readonly low: readonly PlacedPoint[]; readonly high: readonly PlacedPoint[] } | undefined;
}

/** Where a run left the chart: it diverged, or it did not come back. */
export interface Departure {
  readonly epoch: number;
  readonly x: number;
  /** The highest value that it came to; null where its values are not numbers any more. */
  readonly peak: number | null;
}

/** What a chart draws: every line thinned and with places on the x axis, and both axes. */
export interface PreparedCurves extends Pick<Horizontal, 'unit' | 'place' | 'samples'> {
  readonly x: Axis;
  readonly y: Axis;
  readonly raw: readonly PlacedPoint[];
  readonly training: readonly PlacedPoint[];
  /** Empty where the training line shows it. */
  readonly judged: readonly PlacedPoint[];
  /** Every epoch, also those that its line is thinned by. */
  readonly validation: readonly PlacedPoint[];
  readonly validationLine: readonly PlacedPoint[];
  readonly ghosts: readonly PlacedGhost[];
  readonly gap: readonly GapPoint[];
  /** Where the run left the chart; null where it is on it, or only began above it. */
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
  const judged = finite(data.judged ?? []);
  const line = trainingLine(data, data);
  const ghosts = visibleGhosts(data.ghosts).map((ghost) => ({ ...ghost, validation: finite(ghost.validation) }));
  const own = [validation, settled(line), judged];
  const y = valueAxis(data, spanOf(data, own, ghosts));
  const thinned = (curve: Curve, at: Place) => placed(decimate(curve, data.epochs, limit), at);
  return {
    unit,
    place,
    samples,
    x: horizontalAxis(unit, end),
    y,
    raw: thinned(trace, place),
    training: thinned(line, place),
    judged: data.leadsJudged ? [] : thinned(judged, place),
    validation: placed(validation, place),
    validationLine: thinned(validation, place),
    departure: departureOf(data, [line, validation], y, place),
    ghosts: ghosts.map((ghost) => {
      const at = (curve: Curve) => thinned(curve, ghost.place ?? ((epoch) => epoch));
      const { band } = ghost;
      return { ...ghost, validation: at(ghost.validation), area: band && { low: at(band.low), high: at(band.high) } };
    }),
    gap:
      data.gap && data.best !== undefined
        ? gapFrom(data.best, { training: judged.length > 0 ? judged : line, validation, place, limit })
        : [],
  };
}

/** The training line of a chart. */
function trainingLine(
  { trace, judged = [] }: Pick<CurveData, 'trace' | 'judged'>,
  { leadsJudged, smoothing }: Pick<CurveData, 'leadsJudged' | 'smoothing'>,
): Curve {
  const led = leadsJudged ? finite(judged) : [];
  return led.length > 0 ? led : smooth(finite(trace), smoothing);
}

/** An earlier run this many times as high may leave the axis: one that diverged would flatten all others. */
const REACH = 3;

/** The values that the axis must have room for: of a run, of the one beside it, and of earlier ones. */
function spanOf(data: CurveData, own: readonly Curve[], ghosts: readonly Ghost[]): readonly number[] {
  const { beside } = data;
  const others = beside && [finite(beside.validation), settled(trainingLine(beside, data))];
  const most = highest(data.kind, [
    { lines: own, beginning: beginningOf(data.trace) },
    ...(beside && others ? [{ lines: others, beginning: beginningOf(beside.trace) }] : []),
  ]);
  const behind = (lines: readonly Curve[], earlier: readonly Ghost[]) => {
    const drawn = earlier.map(linesOfGhost);
    const high = lines.some(({ length }) => length > 0) ? highestOf(lines, USUAL_LOSS) : calmest(drawn);
    return extremesOf(drawn.flat(), Math.min(most, REACH * high));
  };
  return [
    ...extremesOf([...own, ...(others ?? [])], most),
    ...behind(own, ghosts),
    ...(others ? behind(others, beside?.ghosts ?? []) : []),
  ];
}

function linesOfGhost({ validation, band }: Ghost): readonly Curve[] {
  return [validation, ...(band ? [band.low, band.high] : [])];
}

/** The highest value of the run that stays lowest, where there are earlier runs only. */
function calmest(runs: readonly (readonly Curve[])[]): number {
  const highs = runs.filter(([first]) => first !== undefined && first.length > 0).map((lines) => highestOf(lines, 0));
  return Math.max(USUAL_LOSS, Math.min(...highs));
}

/** The settled lines of a run, and its loss as it began. */
interface Course {
  readonly lines: readonly Curve[];
  readonly beginning: number;
}

/**
 * The highest value that the axis goes by: one that diverged would flatten everything else. Of runs side by side the calmer one
 * decides, and none that diverged; a loss counts as such from three times the first one on.
 */
function highest(kind: CurveData['kind'], courses: readonly Course[]): number {
  if (kind === 'accuracy') return 1;
  const limits = courses
    .filter(({ lines }) => lines.some(({ length }) => length > 0))
    .map(({ lines, beginning }) => {
      return REACH * (courses.length === 1 ? beginning : Math.min(beginning, highestOf(lines, USUAL_LOSS)));
    });
  return Math.min(...limits);
}

/**
 * Where a run left the chart: at the first value that is no number, at the first that is far above where it began, or at the last
 * point of a line that ends above the axis.
 */
function departureOf({ kind, trace }: CurveData, lines: readonly Curve[], y: Axis, place: Place): Departure | null {
  const at = (epoch: number, peak: number | null) => ({ epoch, x: place(epoch), peak });
  const lost = trace.find(({ value }) => !Number.isFinite(value));
  if (lost !== undefined) return at(lost.epoch, null);
  if (kind === 'accuracy') return null;
  const far = Math.max(y.scale.max, REACH * beginningOf(trace));
  const diverged = trace.find(({ value }) => value > far);
  const peak = () => highestOf([trace, ...lines], 0);
  if (diverged !== undefined) return at(diverged.epoch, peak());
  const left = lines.flatMap((line) => {
    const last = line.findLastIndex(({ value }) => value <= y.scale.max);
    const point = line[last] ?? line[0];
    return point === undefined || last === line.length - 1 ? [] : [point.epoch];
  });
  return left.length === 0 ? null : at(Math.min(...left), peak());
}

/** The highest value of some lines, or `least` where none is higher. */
function highestOf(lines: readonly Curve[], least: number): number {
  let high = least;
  for (const line of lines) for (const { value } of line) high = Math.max(high, value);
  return high;
}

/** The first loss of a run, or the usual one where that is less or not a number. */
function beginningOf([first]: Curve): number {
  return first !== undefined && first.value > USUAL_LOSS && Number.isFinite(first.value) ? first.value : USUAL_LOSS;
}

/** The part of a training line that the value axis must have room for. */
function settled(line: Curve): Curve {
  return line.slice(Math.max(0, Math.min(firstFrom(line, SETTLED), line.length - 1)));
}

function byEpoch(epochs: number): Horizontal {
  return { unit: 'epoch', place: (epoch) => epoch, end: epochs, samples: 'samples' };
}

function placed(curve: Curve, place: Place): readonly PlacedPoint[] {
  return curve.map(({ epoch, value }) => ({ epoch, value, x: place(epoch) }));
}

function valueAxis({ kind, logarithmic }: CurveData, values: readonly number[]): Axis {
  if (kind === 'accuracy') return accuracyAxis(values);
  return logarithmic ? logLossAxis(values) : lossAxis(values);
}

/** The least, the least above 0, and the most value up to `limit`: all that an axis needs of thousands of values. */
function extremesOf(lines: readonly Curve[], limit: number): readonly number[] {
  let [least, positive, most] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const line of lines) {
    for (const { value } of line) {
      if (!(value <= limit)) continue;
      least = Math.min(least, value);
      most = Math.max(most, value);
      if (value > 0) positive = Math.min(positive, value);
    }
  }
  return [least, positive, most].filter(Number.isFinite);
}

interface GapOptions {
  readonly training: Curve;
  readonly validation: Curve;
  readonly place: Place;
  readonly limit: number;
}

/** The gap from the best epoch to the newest, in steps of a quarter of an epoch, or in `limit` longer ones. */
function gapFrom(best: number, { training, validation, place, limit }: GapOptions): readonly GapPoint[] {
  const last = validation.at(-1)?.epoch ?? 0;
  const fine = Math.max(0, Math.round((last - best) / GAP_STEP));
  if (fine === 0) return [];
  const count = Math.min(fine, limit);
  return Array.from({ length: count + 1 }, (_, index) => {
    const epoch = best + index * (fine / count) * GAP_STEP;
    const ends = [valueAt(training, epoch) ?? 0, valueAt(validation, epoch) ?? 0] as const;
    return { epoch, x: place(epoch), range: [Math.min(...ends), Math.max(...ends)] };
  });
}
