import { withRecipe } from './draft.ts';
import type { Plan } from './queue.ts';
import type { Run } from './run.ts';

/** The numbers of seeds that a comparison can be repeated with. */
export const SEED_COUNTS = [3, 5, 10] as const;

/**
 * Every run once for each of the seeds 1, 2, 3 and so on, for a queue: all runs with one seed before those with the next, so that what is
 * there when somebody stops can be compared. Of runs that differ in their seed alone there is one.
 */
export function repeatPlans(runs: readonly Run[], count: number): readonly Plan[] {
  const distinct = new Map(runs.toReversed().map((run) => [setupKey(run), run]));
  const chosen = runs.filter((run) => distinct.get(setupKey(run)) === run);
  return Array.from({ length: count }, (_, i) => i + 1).flatMap((seed) =>
    chosen.map(({ number, name, draft }) => ({
      name: `run ${number} ${name}, seed ${seed}`,
      // Nothing is chosen by the test set.
      judgesTest: false,
      draft: withRecipe(draft, { seed }, `repeat with seed ${seed}`),
    })),
  );
}

/** What runs that differ in their seed alone have in common, as a text. */
export function setupKey({ draft: { network, recipe } }: Pick<Run, 'draft'>): string {
  return JSON.stringify([network, { ...recipe, seed: 0 }]);
}

/** Why runs cannot be repeated as they were, as a sentence; undefined where they can. */
export function repeatProblem(runs: readonly Run[]): string | undefined {
  if (new Set(runs.map(setupKey)).size === 1) return 'These runs differ in nothing but their seed.';
  const carried = runs.find(({ carriedFrom }) => carriedFrom !== null);
  if (carried !== undefined)
    return `Run ${carried.number} began with other weights than new ones, which a repeat would not.`;
  const adjusted = runs.find(({ adjustments }) => adjustments.length > 0);
  return adjusted && `Settings of run ${adjusted.number} were changed while it trained, which a repeat would not do.`;
}
