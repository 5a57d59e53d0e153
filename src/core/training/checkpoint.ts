import type { LiveSettings } from './live-settings.ts';
import { type Snapshot, valuesOf } from './snapshot.ts';

/** The settings of a run from its next step on, and how long it is. */
export interface Course {
  readonly settings: LiveSettings;
  /** Epochs in all: as the run started, and after each extension. The schedule begins anew for those that were added. */
  readonly lengths: readonly [number, ...number[]];
}

/** What early stopping knows of a run. */
export interface EarlyStoppingState {
  /** Epochs that were over before it began to watch. */
  readonly before: number;
  /** The validation loss of each epoch since. */
  readonly losses: readonly number[];
  /** The best epoch and its weights; null where they are not kept. */
  readonly best: { readonly epoch: number; readonly snapshot: Snapshot } | null;
}

/**
 * Everything that a run goes on from, besides its network and its recipe, so that every later step is the one that it would
 * have taken anyway, bit for bit on the same backend. Chance needs nothing here: every draw is a function of the seed and the
 * step.
 */
export interface Checkpoint {
  readonly snapshot: Snapshot;
  /** Epochs that were judged. One more may be over. */
  readonly judgedEpochs: number;
  readonly course: Course;
  /** Null where the recipe has no early stopping. */
  readonly earlyStopping: EarlyStoppingState | null;
}

/** Whether all that it goes on from are finite numbers: where one is not, every later step and every answer is NaN. */
export function isFiniteCheckpoint({ snapshot, earlyStopping }: Checkpoint): boolean {
  const best = earlyStopping?.best ?? null;
  const snapshots = best === null ? [snapshot] : [snapshot, best.snapshot];
  return snapshots.flatMap(valuesOf).every((values) => values.every(Number.isFinite));
}
