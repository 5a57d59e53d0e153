import { at } from '../../core/at.ts';
import type { Draft } from '../../state/draft.ts';
import type { Run } from '../../state/run.ts';
import type { Best } from '../../state/run-figures.ts';

/** One run of a sweep. */
export interface Trial {
  /** Its value or values: `lr 1e-3, batch 64`. */
  readonly name: string;
  readonly draft: Draft;
  /** Undefined while it waits, and after it was deleted. */
  readonly run: Run | undefined;
  readonly best: Best | undefined;
}

/** The figure by which runs are compared. */
export type SweepFigure = 'accuracy' | 'loss';

/** The trial with the highest accuracy or the lowest loss; undefined while there is no result. */
export function bestTrial(trials: readonly Trial[], figure: SweepFigure): Trial | undefined {
  const worth = ({ best }: Trial) =>
    best === undefined ? Number.NEGATIVE_INFINITY : figure === 'loss' ? -best.loss : best.accuracy;
  const [first, ...others] = trials.filter(({ best }) => best !== undefined);
  return others.reduce((best, trial) => (best === undefined || worth(trial) > worth(best) ? trial : best), first);
}

/** Trials of pairs of values as a table. */
export interface TrialGrid {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly at: (row: string, column: string) => Trial | undefined;
}

/** The trials as a table where each has two values; null where they have one. */
export function gridOf(trials: readonly Trial[]): TrialGrid | null {
  const pairs = trials.map((trial) => ({ trial, parts: trial.name.split(', ') }));
  if (pairs.length === 0 || pairs.some(({ parts }) => parts.length !== 2)) return null;
  const distinct = (index: 0 | 1) => [...new Set(pairs.map(({ parts }) => at(parts, index)))];
  return {
    rows: distinct(0),
    columns: distinct(1),
    at: (row, column) => pairs.find(({ parts }) => parts[0] === row && parts[1] === column)?.trial,
  };
}
