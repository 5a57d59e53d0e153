import type { Judgement } from '../core/evaluation/evaluation.ts';
import type { StepValues } from '../core/training/curves.ts';
import { courseOf, type LossCourse, newestCount } from '../core/training/loss-course.ts';
import type { Series } from '../core/training/series.ts';
import type { ThinnedSeries } from '../core/training/thinned-series.ts';
import type { Run } from './run.ts';

/** Those of long runs that do not change, by the values that are not thinned: they are the same objects, too. */
const made = new WeakMap<Series, ThinnedSeries>();

/** The loss or the accuracy of every step of a run, for its curves. */
export function stepValues({ thinned, ...run }: Run, figure: keyof Judgement): StepValues {
  const rest = figure === 'loss' ? run.losses : run.accuracies;
  if (thinned === undefined) return rest;
  const { steps, stride } = thinned;
  const means = figure === 'loss' ? thinned.losses : thinned.accuracies;
  const known = made.get(rest);
  if (known?.means === means) return known;
  const values = { steps, stride, means, rest };
  made.set(rest, values);
  return values;
}

/** The course of the losses of a run; of steps that are thinned, what is known of them stands for them. */
export function lossCourse(run: Pick<Run, 'thinned' | 'losses' | 'stepsPerEpoch'>): LossCourse {
  const { thinned, losses, stepsPerEpoch } = run;
  const rest = courseOf(losses);
  if (thinned === undefined || thinned.steps === 0) return rest;
  const { steps, stride, first, most } = thinned;
  const lost = Number.isFinite(most) ? -1 : thinned.losses.findIndex((mean) => !Number.isFinite(mean));
  return {
    steps: steps + rest.steps,
    first,
    most: losses.length === 0 ? most : Math.max(most, rest.most),
    lostAt: lost >= 0 ? lost * stride : rest.lostAt === null ? null : steps + rest.lostAt,
    newest: losses.length < newestCount(stepsPerEpoch) ? lossesOf(run) : losses,
  };
}

/**
 * The loss of every step of a run for what looks at its course as a whole. Of a long run, steps that are thinned have their means;
 * but the first of all has its own, and the highest stands behind it.
 */
export function lossesOf({ thinned, losses }: Pick<Run, 'thinned' | 'losses'>): Float32Array {
  if (thinned === undefined) return losses;
  const { steps, stride, first, most } = thinned;
  const all = new Float32Array(steps + losses.length);
  for (const [i, mean] of thinned.losses.entries()) all.fill(mean, i * stride, (i + 1) * stride);
  all.set([first, most].slice(0, steps));
  all.set(losses, steps);
  return all;
}
