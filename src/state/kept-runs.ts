import type { StoreApi } from 'zustand/vanilla';
import { runDiff } from '../core/training/run-diff.ts';
import type { Snapshot } from '../core/training/snapshot.ts';
import { analysisOf } from './analysis.ts';
import type { Draft } from './draft.ts';
import { type Run, runAtStep, stepOf } from './run.ts';
import { allRuns, type Runs } from './runs.ts';

/** Runs that outlast the page, and the weights of some of them. */
export interface KeptRuns {
  readonly runs: readonly Run[];
  readonly snapshots: ReadonlyMap<number, Snapshot>;
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
  readonly snapshots: ReadonlyMap<number, Snapshot>;
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
  fetchSnapshot(run: number): Promise<Snapshot | null>;
  now(): number;
}

/** Weights and moments of more bytes than this are not kept: reading them again and again would hold up the training. */
const HEAVIEST = 64 * 1024 ** 2;

/** About as many bytes as the weights of a run take with the two moments that most optimizers keep. */
function bytesOf({ draft }: Run): number {
  const { trainable, nonTrainable } = analysisOf(draft).totals;
  return 4 * (3 * trainable + nonTrainable);
}

/**
 * The runs as they can come back: each as it was at the step of its weights, and none of them moving. Those that froze what
 * the draft is now hold the draft itself, by which the page tells that nothing was changed.
 */
export function restorableRuns(kept: KeptRuns, draft: Draft): KeptRuns {
  const { runs, snapshots, current } = kept;
  const failed = new Set(runs.filter(({ phase }) => phase === 'failed').map(({ number }) => number));
  // Weights of a run that failed are of no use, or of a step before it did: its curve stays whole.
  const usable = new Map([...snapshots].filter(([number]) => !failed.has(number)));
  const still = runs.map((run): Run => {
    const phase = run.phase === 'finished' || run.phase === 'failed' ? run.phase : 'paused';
    const frozen = runDiff(run.draft, draft).length === 0 ? draft : run.draft;
    const at = runAtStep(run, usable.get(run.number)?.step ?? stepOf(run));
    return { ...at, draft: frozen, phase, evaluating: null };
  });
  return { ...kept, runs: still, snapshots: usable, current: current !== null && usable.has(current) ? current : null };
}

/**
 * Writes runs into the archive from now on: at the end of each epoch and whenever one stands still, is measured, named or
 * deleted; within a long epoch every so often. What cannot be written is tried again with the next change.
 *
 * @returns Writes at once, as when the page is about to go.
 */
export function keepRuns({ runs, archive, lull, interval, fetchSnapshot, now }: ArchivingOptions): () => void {
  const written = new Map<number, Run>(allRuns(runs.getState()).map((run) => [run.number, run]));
  const state = { busy: false, again: false, due: false, at: Number.NEGATIVE_INFINITY };

  const write = async () => {
    const { current, earlier } = runs.getState();
    const begun = current !== null && stepOf(current) > 0 ? current : null;
    const standing = begun && (await standingOf(begun));
    const changed = [...(standing ? [standing.run] : []), ...earlier.filter((run) => written.get(run.number) !== run)];
    const numbers = new Set(allRuns(runs.getState()).map(({ number }) => number));
    const removed = [...written.keys()].filter((number) => !numbers.has(number));
    const snapshots = new Map(standing?.snapshot ? [[standing.run.number, standing.snapshot]] : []);
    const [held = null] = snapshots.keys();
    await archive.write({ runs: changed, snapshots, removed, current: held });
    for (const number of removed) written.delete(number);
    for (const run of changed) written.set(run.number, run);
  };

  /** A run with its weights, once the page has heard of all that led to them; null where another took its place. */
  const standingOf = async (run: Run) => {
    const snapshot = bytesOf(run) > HEAVIEST ? null : await fetchSnapshot(run.number);
    const heard = await caughtUp(runs, run.number, snapshot?.step ?? 0);
    return heard && { run: heard, snapshot };
  };

  const soon = () => {
    state.again = state.busy;
    if (state.busy) return;
    state.busy = true;
    state.due = false;
    state.at = now();
    // The next change is another chance; the lab itself goes on without an archive.
    write()
      .catch(() => undefined)
      .finally(() => {
        state.busy = false;
        if (state.again) soon();
      });
  };

  runs.subscribe((after, before) => {
    const since = now() - state.at;
    state.due ||= isMilestone(after, before) || since >= interval;
    if (state.due && (since >= lull || after.current?.phase !== 'training')) soon();
  });
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

/**
 * The current run once the page has heard of all its steps and epochs up to the step of its weights, or of as much as will
 * come; null where another run took its place meanwhile.
 */
function caughtUp(runs: StoreApi<Runs>, number: number, step: number): Promise<Run | null> {
  const look = ({ current }: Runs): Run | null | undefined => {
    if (current === null || current.number !== number) return null;
    const { phase, stepsPerEpoch, epochs } = current;
    const heard = stepOf(current) >= step && epochs.length >= Math.floor(step / Math.max(stepsPerEpoch, 1));
    return heard || phase !== 'training' ? current : undefined;
  };
  return new Promise((resolve) => {
    const found = look(runs.getState());
    if (found !== undefined) return resolve(found);
    const stop = runs.subscribe((state) => {
      const seen = look(state);
      if (seen === undefined) return;
      stop();
      resolve(seen);
    });
  });
}
