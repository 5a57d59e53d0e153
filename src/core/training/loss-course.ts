import { isGrowing, type Series } from './series.ts';

/** What the losses of all steps of a run say as a whole, without a look at each of them again. */
export interface LossCourse {
  readonly steps: number;
  /** The loss of the first step, and the highest of all; NaN without a step. */
  readonly first: number;
  readonly most: number;
  /** The first step, counted from 0, whose loss was not a number or infinite; null where there is none. */
  readonly lostAt: number | null;
  /** The newest losses, at least `newestCount` of them where there are so many. */
  readonly newest: Series;
}

/** How many of the newest losses tell where a run stands: those of the last fifth of an epoch, at least ten. */
export function newestCount(stepsPerEpoch: number): number {
  return Math.max(10, Math.ceil(stepsPerEpoch / 5));
}

/** The course of losses of which every one is there: [steps]. */
export function courseOf(losses: Series): LossCourse {
  const { most, lostAt } = scanned(losses);
  return { steps: losses.length, first: losses[0] ?? Number.NaN, most, lostAt, newest: losses };
}

/** What was found in the first `steps` of some losses. */
interface Scan {
  readonly steps: number;
  readonly most: number;
  readonly lostAt: number | null;
}

const NO_STEPS: Scan = { steps: 0, most: Number.NaN, lostAt: null };

/** What was found in growing series before, by their buffer: of a longer one only the new steps are looked at. */
const KNOWN = new WeakMap<ArrayBufferLike, Scan>();

function scanned(losses: Series): Scan {
  const known = KNOWN.get(losses.buffer) ?? NO_STEPS;
  // One that was cut may have a lower peak.
  const scan = goneOn(known.steps <= losses.length ? known : NO_STEPS, losses);
  if (isGrowing(losses)) KNOWN.set(losses.buffer, scan);
  return scan;
}

function goneOn({ steps, most, lostAt }: Scan, losses: Series): Scan {
  let [highest, lost] = [steps === 0 ? (losses[0] ?? Number.NaN) : most, lostAt];
  for (let step = steps; step < losses.length; step++) {
    const loss = losses[step] ?? Number.NaN;
    highest = Math.max(highest, loss);
    if (lost === null && !Number.isFinite(loss)) lost = step;
  }
  return { steps: losses.length, most: highest, lostAt: lost };
}
