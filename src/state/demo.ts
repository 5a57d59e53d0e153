import { isSameDataset } from '../core/dataset/spec.ts';
import type { Setup } from '../core/training/setup.ts';
import type { Demo } from '../datasets/demo.ts';
import type { Plan } from './queue.ts';
import type { Run } from './run.ts';

/** What the queue of a demo is for. */
export function purposeOf({ id }: Demo): string {
  return `demo ${id}`;
}

/** The two runs of a demo, to be trained one after the other. */
export function demoPlans({ presetId, runs }: Demo): readonly Plan[] {
  return runs.map(({ name, setup }) => ({
    name,
    draft: { ...setup, presetId, change: 'the demo' },
  }));
}

/**
 * The newest of some runs, newest first, that was made of a setup and began with new weights, or with those of a run of the setup
 * `from`; undefined where there is none.
 */
export function newestRunOf(setup: Setup, runs: readonly Run[], from?: Setup): Run | undefined {
  const hasBegun = ({ carriedFrom }: Run) => {
    if (from === undefined || carriedFrom === null) return from === undefined && carriedFrom === null;
    return carriedFrom.kind === 'run' && runs.some((run) => run.number === carriedFrom.run && isOf(run, from));
  };
  return runs.find((run) => isOf(run, setup) && hasBegun(run));
}

function isOf({ draft }: Run, setup: Setup): boolean {
  return isSameDataset(draft.dataset, setup.dataset) && keyOf(draft) === keyOf(setup);
}

function keyOf({ network, recipe }: Setup): string {
  return JSON.stringify([network, recipe]);
}
