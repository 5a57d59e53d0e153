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

/** The newest of some runs, newest first, that was made of a setup; undefined where there is none. */
export function newestRunOf(setup: Setup, runs: readonly Run[]): Run | undefined {
  const key = keyOf(setup);
  return runs.find(({ draft }) => isSameDataset(draft.dataset, setup.dataset) && keyOf(draft) === key);
}

function keyOf({ network, recipe }: Setup): string {
  return JSON.stringify([network, recipe]);
}
