import { type DatasetSpec, isSameDataset } from '../core/dataset/spec.ts';
import type { Setup } from '../core/training/setup.ts';
import type { Demo } from '../datasets/demo.ts';
import { FASHION_MNIST_DEMOS } from '../datasets/fashion-mnist/demos.ts';
import { overfittingDemo } from '../datasets/fashion-mnist/presets/own.ts';
import { FASHION_MNIST } from '../datasets/fashion-mnist/spec.ts';
import type { Plan } from './queue.ts';
import type { Run } from './run.ts';

/** The demos for a class with a data set, in the order of the list; none where none was rehearsed with it. */
export function demosFor(dataset: DatasetSpec): readonly Demo[] {
  return isSameDataset(dataset, FASHION_MNIST) ? FASHION_MNIST_DEMOS : [];
}

/** What the queue of a demo is for. */
export function purposeOf({ id }: Demo): string {
  return `demo ${id}`;
}

/** The two runs of a demo, to be trained one after the other. */
export function demoPlans({ runs }: Demo): readonly Plan[] {
  return runs.map(({ name, setup }) => ({
    name,
    draft: { ...setup, presetId: overfittingDemo.id, change: 'the demo' },
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
