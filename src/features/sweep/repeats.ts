import type { SweepFigure, Trial } from './trials.ts';

/** Trials that differ in the seed alone: what they have in common, and how they scatter. */
export interface Repeats {
  /** `lr 1e-3`; empty where only the seed was tried. */
  readonly name: string;
  readonly trials: readonly Trial[];
}

/** The mean of several results, and how far they scatter around it. */
export interface Spread {
  readonly count: number;
  readonly mean: number;
  /** The standard deviation of a sample; null of a single result. */
  readonly deviation: number | null;
}

/** Trials by what they have in common beside the seed; null where no two differ in the seed alone. */
export function repeatsOf(trials: readonly Trial[]): readonly Repeats[] | null {
  const groups = new Map<string, Trial[]>();
  for (const trial of trials) {
    const { network, recipe } = trial.draft;
    const key = JSON.stringify([network, { ...recipe, seed: 0 }]);
    groups.set(key, [...(groups.get(key) ?? []), trial]);
  }
  const repeats = [...groups.values()].map((group) => ({ name: commonName(group), trials: group }));
  return repeats.some(({ trials: group }) => group.length > 1) ? repeats : null;
}

/** The values that all names have: of `lr 1e-3, seed 1` and `lr 1e-3, seed 2`, the rate. */
function commonName([first, ...others]: readonly Trial[]): string {
  const parts = first?.name.split(', ') ?? [];
  return parts.filter((part) => others.every(({ name }) => name.split(', ').includes(part))).join(', ');
}

/** The results of repeats so far; null where there is none yet. */
export function spreadOf({ trials }: Repeats, figure: SweepFigure): Spread | null {
  const values = trials.flatMap(({ best }) => best?.[figure] ?? []);
  const count = values.length;
  if (count === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { count, mean, deviation: count === 1 ? null : Math.sqrt(squares / (count - 1)) };
}
