import type { Judgement } from '../core/evaluation/evaluation.ts';
import { meanCurve } from '../core/training/mean-curve.ts';
import { setupKey } from '../state/repeat-plans.ts';
import type { Run } from '../state/run.ts';
import { type JudgedSet, judgedCurve } from '../state/run-figures.ts';
import type { Ghost } from '../ui/chart/curve.ts';

/** Runs that differ in their seed alone, each with another one, in rising order of their numbers; or a single run. */
export type SeedGroup = readonly [Run, ...Run[]];

/** What a line with a band is. */
export const BAND_SENTENCE =
  'A line with a band is the mean of runs that differ in their seed alone; the band reaches from the least to the most of them, at each epoch that all have.';

/**
 * Runs by what they have in common beside the seed, in the order of the first of each. A run that was changed while it trained, that began with
 * other weights than new ones, or whose seed another one has already, stands for itself.
 */
export function seedGroups(runs: readonly Run[]): readonly SeedGroup[] {
  const groups = new Map<string, [Run, ...Run[]]>();
  for (const run of runs) {
    const key = groupKey(run);
    const group = groups.get(key);
    const isNew = group?.every(({ draft }) => draft.recipe.seed !== run.draft.recipe.seed);
    if (group !== undefined && isNew) group.push(run);
    else groups.set(group === undefined ? key : `run ${run.number}`, [run]);
  }
  return [...groups.values()].map((group) => group.sort((a, b) => a.number - b.number));
}

function groupKey(run: Run): string {
  const { number, adjustments, carriedFrom } = run;
  return adjustments.length > 0 || carriedFrom !== null ? `run ${number}` : setupKey(run);
}

/**
 * The line of a group: of several runs that have ended their mean, with a band from the least to the most of each epoch that all of them
 * have. Those under way would shorten it, and count when they have ended.
 */
export function groupLine(group: SeedGroup, set: JudgedSet, figure: keyof Judgement): Ghost {
  const ended = group.filter(({ phase }) => phase === 'finished');
  const counted = ended.length > 0 ? ended : group.slice(0, 1);
  const runs = counted.map(({ number }) => number);
  const curves = counted.map(({ epochs }) => judgedCurve(epochs, set, figure));
  const shared = { run: runs[0] ?? group[0].number, pinned: group.some(({ pinned }) => pinned) };
  if (runs.length === 1) return { ...shared, validation: curves[0] ?? [] };
  const { mean, low, high } = meanCurve(curves);
  return { ...shared, validation: mean, band: { runs, low, high } };
}

/** All that the line of a group depends on, as a text. */
export function groupLineKey(group: SeedGroup): string {
  return group.map(({ number, phase, pinned, epochs }) => `${number} ${phase} ${pinned} ${epochs.length}`).join('+');
}
