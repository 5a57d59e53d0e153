/**
 * The learning-rate range test of Smith (Cyclical Learning Rates for Training Neural Networks, arXiv:1506.01186, section 3.3):
 * from step to step the rate rises, here by the same factor each time, and the loss shows which rates train.
 */

/** The rates of the test, and its steps if the loss does not diverge before. */
export const RATE_RANGE = { from: 1e-5, to: 10, steps: 150 } as const;

/** The rate of a step, counted from 0. */
export function rangeRateAt(step: number): number {
  const { from, to, steps } = RATE_RANGE;
  return from * (to / from) ** (step / (steps - 1));
}

/** One step of the test. */
export interface RangePoint {
  readonly rate: number;
  /** Of the batch; may be no number where the test diverged. */
  readonly loss: number;
  /** The mean of the losses around it, the nearer ones weighing more; NaN where none of them is a number. */
  readonly smooth: number;
}

/** What the test shows. */
export interface RateRange {
  readonly points: readonly RangePoint[];
  /** Where the smoothed loss is lowest before it first rises again; null while it has not fallen. */
  readonly lowest: RangePoint | null;
  /** The rate at which the loss left the numbers or rose far above the lowest; null where it never did. */
  readonly divergedAt: number | null;
  /** A quarter of the rate with the lowest loss, rounded; null while the loss has not fallen. */
  readonly suggestion: number | null;
}

/** Steps to each side of one that weigh more than half as much as it when the loss is smoothed. */
const WIDTH = 4;
/** Steps to each side that count at all. */
const REACH = 3 * WIDTH;
/** The smoothed loss has diverged when it is so many times its lowest value. */
const DIVERGED = 4;
/** It has fallen below this share of its first value, or it tells nothing; and it rises again above its lowest value divided by this share. */
const CHANGED = 0.95;
/**
 * Smith (section 3.3) takes a rate near the largest that still trains for the most of a cycle, and a third or a quarter of it for the least.
 * For a rate that is to serve the whole run, the careful one of these.
 */
const CAREFUL = 0.25;

/** What the losses of the first steps show, a loss for each step. */
export function rateRangeOf(losses: readonly number[]): RateRange {
  const smooth = smoothed(losses);
  const points = losses.map((loss, step) => ({ rate: rangeRateAt(step), loss, smooth: smooth[step] ?? Number.NaN }));
  const end = divergedStep(losses, smooth);
  const lowest = points[lowestStep(smooth.slice(0, end ?? smooth.length)) ?? -1] ?? null;
  return {
    points,
    lowest,
    divergedAt: end === null ? null : rangeRateAt(end),
    suggestion: lowest && Number((CAREFUL * lowest.rate).toPrecision(1)),
  };
}

/** Whether a test can end: what follows would tell nothing more. */
export function hasDiverged(losses: readonly number[]): boolean {
  return divergedStep(losses, smoothed(losses)) !== null;
}

/** Each value with its neighbours, weighted as a Gaussian curve falls; those that are no number are left out. */
function smoothed(losses: readonly number[]): readonly number[] {
  return losses.map((_, step) => {
    let [sum, weights] = [0, 0];
    for (let i = Math.max(0, step - REACH); i <= Math.min(losses.length - 1, step + REACH); i++) {
      const loss = losses[i] ?? Number.NaN;
      if (!Number.isFinite(loss)) continue;
      const weight = Math.exp(-((i - step) ** 2) / (2 * WIDTH ** 2));
      sum += weight * loss;
      weights += weight;
    }
    return weights === 0 ? Number.NaN : sum / weights;
  });
}

/** The step at which the loss was no number, or far above the lowest before it; null where there is none. */
function divergedStep(losses: readonly number[], smooth: readonly number[]): number | null {
  let least = Number.POSITIVE_INFINITY;
  for (const [step, value] of smooth.entries()) {
    if (!Number.isFinite(losses[step]) || value > DIVERGED * least) return step;
    least = Math.min(least, value);
  }
  return null;
}

/** The step of the lowest value before the values, once they have fallen, first rise again; null where they have not fallen. */
function lowestStep(values: readonly number[]): number | null {
  const first = values[0] ?? Number.NaN;
  let least = { step: 0, value: first };
  for (const [step, value] of values.entries()) {
    const hasFallen = least.value < CHANGED * first;
    if (hasFallen && value > least.value / CHANGED) break;
    if (value < least.value) least = { step, value };
  }
  return least.value < CHANGED * first ? least.step : null;
}
