import type { StoreApi } from 'zustand/vanilla';
import type { Checkpoint } from '../core/training/checkpoint.ts';
import { runDiff } from '../core/training/run-diff.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { Draft } from './draft.ts';
import { type Run, runAtCheckpoint, stepOf } from './run.ts';
import { allRuns, type Runs } from './runs.ts';

/** Runs that outlast the page, and what some of them go on from. */
export interface KeptRuns {
  readonly runs: readonly Run[];
  readonly checkpoints: ReadonlyMap<number, Checkpoint>;
  /** The number of the run that the worker held; null where it held none. */
  readonly current: number | null;
  /** The highest number that is taken, by a run that could not be read as well; 0 where there is none. */
  readonly lastNumber: number;
  /** How many runs and weights could not be read. They are left as they are, and count for nothing. */
  readonly leftOut: number;
}

/** What is to be kept from now on, all of it or, where that fails, nothing. */
export interface ArchiveChange {
  readonly runs: readonly Run[];
  readonly checkpoints: ReadonlyMap<number, Checkpoint>;
  /** The numbers of runs to forget. */
  readonly removed: readonly number[];
  readonly current: number | null;
}

/** Where runs outlast the page. */
export interface Archive {
  load(): Promise<KeptRuns>;
  write(change: ArchiveChange): Promise<void>;
}

/** What archiving needs of the lab. */
export interface ArchivingOptions {
  readonly runs: StoreApi<Runs>;
  readonly archive: Archive;
  /** Milliseconds between two writings while a run trains, at the least: short epochs are not held up. */
  readonly lull: number;
  /** Milliseconds between two writings within a long epoch. */
  readonly interval: number;
  readonly checkpoints: Pick<Checkpoints, 'inMemory' | 'listen'>;
  now(): number;
}

/**
 * The runs as they can come back, none of them moving. A run that ended is whole; one that did not is as it was at its
 * checkpoint, from which it goes on. Those that froze what the draft is now hold the draft itself, by which the page tells
 * that nothing was changed.
 */
export function restorableRuns(kept: KeptRuns, draft: Draft): KeptRuns {
  const { runs, checkpoints, current } = kept;
  const still = runs.map((run): Run => {
    const frozen = runDiff(run.draft, draft).length === 0 ? draft : run.draft;
    if (run.phase === 'finished' || run.phase === 'failed') return { ...run, draft: frozen, evaluating: null };
    const from = checkpoints.get(run.number);
    const at = from === undefined ? run : runAtCheckpoint(run, from);
    return { ...at, draft: frozen, phase: 'paused', evaluating: null };
  });
  return { ...kept, runs: still, current: current !== null && checkpoints.has(current) ? current : null };
}

/**
 * Writes runs into the archive from now on: at the end of each epoch and whenever one stands still, is measured, named or
 * deleted; within a long epoch every so often. What cannot be written is tried again with the next change.
 *
 * @returns Writes at once, as when the page is about to go.
 */
export function keepRuns({ runs, archive, lull, interval, checkpoints, now }: ArchivingOptions): () => void {
  const written = new Map<number, Run>(allRuns(runs.getState()).map((run) => [run.number, run]));
  const safe = new Map<number, Checkpoint | null>([...written.keys()].map((run) => [run, checkpoints.inMemory(run)]));
  const state = { busy: false, again: false, due: false, at: Number.NEGATIVE_INFINITY };

  const write = async () => {
    const all = allRuns(runs.getState()).filter((run) => stepOf(run) > 0);
    const changed = all.filter((run) => written.get(run.number) !== run);
    const numbers = new Set(all.map(({ number }) => number));
    const removed = [...written.keys()].filter((number) => !numbers.has(number));
    const fresh = new Map<number, Checkpoint>();
    for (const { number } of all) {
      const newest = checkpoints.inMemory(number);
      if (newest !== null && newest !== safe.get(number)) fresh.set(number, newest);
    }
    const { current } = runs.getState();
    const held = current !== null && checkpoints.inMemory(current.number) !== null ? current.number : null;
    await archive.write({ runs: changed, checkpoints: fresh, removed, current: held });
    for (const number of removed) written.delete(number);
    for (const run of changed) written.set(run.number, run);
    for (const [number, checkpoint] of fresh) safe.set(number, checkpoint);
  };

  const writeAll = async () => {
    // What happens in one turn is written at once.
    await null;
    while (state.again) {
      Object.assign(state, { again: false, due: false, at: now() });
      // The next change is another chance; the lab itself goes on without an archive.
      await write().catch(() => undefined);
    }
    state.busy = false;
  };
  const soon = () => {
    state.again = true;
    if (state.busy) return;
    state.busy = true;
    void writeAll();
  };

  runs.subscribe((after, before) => {
    const since = now() - state.at;
    state.due ||= isMilestone(after, before) || since >= interval;
    if (state.due && (since >= lull || after.current?.phase !== 'training')) soon();
  });
  checkpoints.listen(soon);
  return soon;
}

/** Whether more has changed than that a run has taken some steps or judged some images. */
function isMilestone(after: Runs, before: Runs): boolean {
  if (after.earlier !== before.earlier || after.current?.number !== before.current?.number) return true;
  return (
    after.current !== null && before.current !== null && milestoneOf(after.current) !== milestoneOf(before.current)
  );
}

function milestoneOf({ phase, epochs, test, name, hidden, pinned, adjustments, draft }: Run): string {
  const length = [epochs.length, adjustments.length, draft.recipe.epochs];
  return JSON.stringify([phase, length, test?.accuracy ?? null, name, hidden, pinned]);
}
