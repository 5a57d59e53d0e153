import { appended, isGrowing, isNewest, type Series } from './series.ts';
import { sumOver, type ThinnedSeries } from './thinned-series.ts';

/** A value a step; of the first steps of a long run, means. */
export type StepValues = Series | ThinnedSeries;

/** A point of a curve: an epoch, whole or in part, and the value there. */
export interface CurvePoint {
  readonly epoch: number;
  readonly value: number;
}

/** About how many points a whole training curve is thinned to. */
const CURVE_POINTS = 900;

/**
 * The values of single steps as a curve over epochs: means over equal stretches of steps, at the end of each. How long a
 * stretch is follows from the length of the run alone, so points that stand do not move while more arrive. The same curve is
 * the same object until a stretch is over, and only new stretches are worked out.
 */
export function stepCurve(series: StepValues, stepsPerEpoch: number, epochs: number): readonly CurvePoint[] {
  const perEpoch = Math.max(1, Math.floor(CURVE_POINTS / epochs));
  return meansOver(series, stepsPerEpoch, Math.max(1, Math.round(stepsPerEpoch / perEpoch)));
}

/** The means over each whole epoch: what Keras reports as training loss and accuracy. */
export function epochMeans(series: StepValues, stepsPerEpoch: number): readonly CurvePoint[] {
  return meansOver(series, stepsPerEpoch, stepsPerEpoch);
}

function meansOver(values: StepValues, stepsPerEpoch: number, length: number): readonly CurvePoint[] {
  if (stepsPerEpoch === 0) return NO_POINTS;
  const series = 'means' in values ? values.rest : values;
  const steps = 'means' in values ? values.steps + series.length : series.length;
  const count = Math.floor(steps / length);
  const known = knownMeans(series, `${stepsPerEpoch} ${length}`);
  if (known.points.length === count) return known.points;
  const points = known.points.slice(0, count);
  if (points.length === count) return points;
  for (let i = points.length; i < count; i++)
    points.push({ epoch: ((i + 1) * length) / stepsPerEpoch, value: meanOf(values, i * length, length) });
  known.points = points;
  return points;
}

const NO_POINTS: readonly CurvePoint[] = [];

/** Means of a growing series that were worked out before: by its buffer, then by the stretches that they are over. */
const KNOWN = new WeakMap<ArrayBufferLike, Map<string, { points: CurvePoint[] }>>();

/**
 * What was worked out of a series holds for another one that goes on from it, in whatever buffer: with more steps, or without the
 * first ones, of which there are means.
 */
export function carryCurves(from: Series, to: Series): void {
  const known = KNOWN.get(from.buffer);
  if (known === undefined || from.buffer === to.buffer || !isNewest(from)) return;
  KNOWN.set(to.buffer, new Map([...known].map(([stretches, { points }]) => [stretches, { points }])));
}

/** A series and more behind it, of which the curves that there were go on. */
export function longer(series: Series, more: Float32Array): Series {
  const all = appended(series, series.length, more);
  carryCurves(series, all);
  return all;
}

function knownMeans(series: Series, stretches: string): { points: CurvePoint[] } {
  const none = { points: [] };
  if (!isGrowing(series) && !KNOWN.has(series.buffer)) return none;
  const all = KNOWN.get(series.buffer) ?? new Map<string, { points: CurvePoint[] }>();
  KNOWN.set(series.buffer, all);
  const known = all.get(stretches) ?? none;
  all.set(stretches, known);
  return known;
}

function meanOf(values: StepValues, from: number, length: number): number {
  if ('means' in values) return sumOver(values, from, from + length) / length;
  let sum = 0;
  for (let i = from; i < from + length; i++) sum += values[i] ?? 0;
  return sum / length;
}

/** The index of the first of some things, in rising order of epochs, at an epoch or after it; how many they are where there is none. */
export function firstFrom(things: readonly { readonly epoch: number }[], epoch: number): number {
  let [low, high] = [0, things.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((things[middle]?.epoch ?? epoch) < epoch) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The epoch of the lowest value, the first one on a tie; undefined in an empty curve. */
export function bestEpoch(curve: readonly CurvePoint[]): number | undefined {
  const best = Math.min(...curve.map(({ value }) => value));
  return curve.find(({ value }) => value === best)?.epoch;
}
