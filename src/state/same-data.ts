import { type DatasetSpec, isSameDataset } from '../core/dataset/spec.ts';
import type { Run } from './run.ts';

/** Whether a run was made of a data set. Figures, curves and answers of runs are compared only within one data set. */
export function isRunOf({ draft }: Run, dataset: DatasetSpec): boolean {
  return isSameDataset(draft.dataset, dataset);
}

/** The runs that can be compared with one, itself included, in their order. */
export function comparableWith(run: Run, runs: readonly Run[]): readonly Run[] {
  return runs.filter((other) => isRunOf(other, run.draft.dataset));
}
