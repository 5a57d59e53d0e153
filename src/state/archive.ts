import type { StoreApi } from 'zustand/vanilla';
import type { Checkpoint } from '../core/training/checkpoint.ts';
import { runDiff } from '../core/training/run-diff.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { StoredSteps } from './curves.ts';
import type { Draft } from './draft.ts';
import { createRemovedLast, createTails, type KeptParts } from './kept-tails.ts';
import { canBeginAgain, compactRun, type Run, stepOf, withoutAnswers } from './run.ts';
import { allRuns, type Runs } from './runs.ts';
import { type CurveRoom, createThinning, withThinned } from './thinning.ts';

/** Runs that outlast the page. */
export interface KeptRuns {
  readonly runs: readonly Run[];
  /** The numbers of those whose records are of an older form: they are to be written again. */
  readonly older: ReadonlySet<number>;
  /** The numbers of those that have a checkpoint, which the archive reads when it is needed. */
  readonly checkpoints: ReadonlySet<number>;
  /** The number of the run that the worker held; null where it held none. */
  readonly current: number | null;
  /** The highest number that is taken, by a run that could not be read as well; 0 where there is none. */
  readonly lastNumber: number;
}

/** What is to be kept from now on, all of it or, where that fails, nothing. */
export interface ArchiveChange {
  readonly runs: readonly Run[];
  readonly checkpoints: ReadonlyMap<number, Checkpoint>;
  /** Steps of those runs that memory keeps no longer, one by one. */
  readonly steps: readonly StoredSteps[];
  /** The numbers of runs to forget. */
  readonly removed: readonly number[];
  readonly current: number | null;
}

/** What became of a writing. */
export interface Written {
  /** The runs whose checkpoints were not stored: there is no room, and later there may be. */
  readonly left: readonly number[];
  /** The runs whose stored checkpoints gave way. */
  readonly dropped: readonly number[];
}

/** Where runs outlast the page. What it leaves out it tells the storage's control. */
export interface Archive extends KeptParts {
  load(): Promise<KeptRuns>;
  /** Resolves when everything but the checkpoints of the runs `left` is stored, and rejects where nothing is. */
  write(change: ArchiveChange): Promise<Written>;
}

/** What archiving needs of the lab. */
export interface ArchivingOptions {
  readonly runs: StoreApi<Runs>;
  readonly archive: Archive;
  /** The runs that the archive has in today's form, as they are in `runs`. */
  readonly kept: readonly Run[];
  /** Milliseconds between two writings while a run trains, at the least: short epochs are not held up. */
  readonly lull: number;
  /** Milliseconds between two writings within a long epoch. */
  readonly interval: number;
  readonly checkpoints: Pick<Checkpoints, 'inMemory' | 'listen' | 'numbers' | 'release' | 'drop'>;
  /** How much of a curve memory keeps; left out for what is usual. */
  readonly room?: CurveRoom;
  now(): number;
  /** Hears why something could not be written, and null when everything was. */
  onWritten(error: unknown): void;
}

/** A run that came from elsewhere. Where it froze what the draft is now, it holds the draft itself, by which the page tells that nothing was changed. */
export function withDraftOf(run: Run, draft: Draft): Run {
  return run.draft !== draft && runDiff(run.draft, draft).length === 0 ? { ...run, draft } : run;
}

/**
 * The runs as they can come back, whole and none of them moving. Those that froze what the draft is now hold the draft itself,
 * by which the page tells that nothing was changed.
 */
export function restorableRuns(kept: KeptRuns, draft: Draft): KeptRuns {
  const { runs, checkpoints, current } = kept;
  const still = runs.map((run): Run => {
    const phase = run.phase === 'finished' || run.phase === 'failed' ? run.phase : 'paused';
    return { ...withDraftOf(run, draft), phase, evaluating: null };
  });
  // One that failed stays what it is until somebody brings it back.
  const canGoOn = (run: Run) => run.phase !== 'failed' && (checkpoints.has(run.number) || canBeginAgain(run));
  const held = still.find((run) => run.number === current && canGoOn(run));
  return { ...kept, runs: still, current: held?.number ?? null };
}

/** Runs that are being kept. */
export interface Archiving {
  /** Writes at once, as when the page is about to go. */
  write(): void;
  /** Writes what has changed, and nothing after that. Resolves when it is stored, or could not be. */
  stop(): Promise<void>;
  /** Writes nothing more: the archive is another's. */
  abandon(): void;
}

/**
 * Writes runs into the archive from now on: with each checkpoint, at the end of each epoch and whenever one stands still, is
 * measured, named or deleted; within a long epoch every so often. What cannot be written is tried again with the next change.
 *
 * What has begun when this is ended comes to its end.
 */
export function keepRuns(options: ArchivingOptions): Archiving {
  const { runs, lull, interval, checkpoints, now, onWritten } = options;
  const { write, isWritten } = createWriting(options);
  const state = {
    busy: false,
    again: false,
    due: false,
    at: Number.NEGATIVE_INFINITY,
    quiet: false,
    ended: false,
    abandoned: false,
  };
  // Nothing changes by what is released.
  const release = (act: () => void) => {
    state.quiet = true;
    act();
    state.quiet = false;
  };
  let writing = Promise.resolve();

  const writeAll = async () => {
    // What happens in one turn is written at once.
    await null;
    while (state.again) {
      Object.assign(state, { again: false, due: false, at: now() });
      // The next change is another chance; the lab itself goes on without an archive.
      await write(() => state.abandoned, release).then(() => onWritten(null), onWritten);
    }
    state.busy = false;
  };
  const soon = () => {
    if (state.ended) return;
    state.again = true;
    if (state.busy) return;
    state.busy = true;
    writing = writeAll();
  };

  const stopRuns = runs.subscribe((after, before) => {
    if (state.quiet) return;
    const since = now() - state.at;
    state.due ||= isMilestone(after, before) || since >= interval;
    if (state.due && (since >= lull || after.current?.phase !== 'training')) soon();
  });
  const stopCheckpoints = checkpoints.listen(soon);
  // Runs that had begun before those of earlier visits were read.
  if (allRuns(runs.getState()).some(({ number }) => !isWritten(number))) soon();
  const end = () => {
    stopRuns();
    stopCheckpoints();
    state.ended = true;
  };
  return {
    write: soon,
    async stop() {
      soon();
      end();
      await writing;
    },
    abandon() {
      end();
      Object.assign(state, { again: false, abandoned: true });
    },
  };
}

/** Writes what has changed since the last time, and releases what memory need not have any more. */
function createWriting(options: ArchivingOptions) {
  const { runs, archive, kept, checkpoints } = options;
  const written = new Map<number, Run>(kept.map((run) => [run.number, run]));
  const safe = new WeakSet<Checkpoint>();
  const tails = createTails();
  const removedLast = createRemovedLast(archive);
  const thinning = createThinning(options);

  const write = async (isAbandoned: () => boolean, release: (act: () => void) => void) => {
    const { current } = runs.getState();
    const all = allRuns(runs.getState()).filter((run) => stepOf(run) > 0 || (run === current && canBeginAgain(run)));
    const changed = all.filter((run) => written.get(run.number) !== run);
    const numbers = new Set(all.map(({ number }) => number));
    const removed = [...written.keys()].filter((number) => !numbers.has(number));
    for (const number of removed) await removedLast.remember(number, written.get(number));
    const fresh = new Map<number, Checkpoint>();
    for (const { number } of all) {
      const newest = checkpoints.inMemory(number) ?? removedLast.of(number);
      if (newest !== null && !safe.has(newest)) fresh.set(number, newest);
    }
    const canGoOn = (run: Run) => checkpoints.numbers.getState().has(run.number) || canBeginAgain(run);
    const held = current !== null && canGoOn(current) ? current.number : null;
    const thinned = await thinning.of(changed);
    if (isAbandoned()) return;
    const records = changed.map((run) => {
      const whole = tails.whole(run, written.get(run.number));
      return removedLast.withAnswers(compactRun(whole === run ? (thinned.get(run)?.run ?? run) : whole));
    });
    const steps = [
      ...removedLast.steps(changed.filter(({ number }) => !written.has(number))),
      ...[...thinned.values()].map((apart) => apart.steps),
    ];
    const { left, dropped } = await archive.write({ runs: records, checkpoints: fresh, steps, removed, current: held });
    for (const number of removed) written.delete(number);
    for (const run of changed) written.set(run.number, thinned.get(run)?.run ?? run);
    const stored = [...fresh].filter(([number]) => !left.includes(number));
    for (const [, checkpoint] of stored) safe.add(checkpoint);
    thinning.note(stored, removed);
    release(() => {
      runs.setState((now) => withThinned(now, thinned));
      releaseStored(options, { written, safe, dropped });
    });
  };
  return { write, isWritten: (number: number) => written.has(number) };
}

/** What is stored: runs as they are in memory, and checkpoints; and the runs whose stored checkpoints gave way. */
interface Stored {
  readonly written: Map<number, Run>;
  readonly safe: WeakSet<Checkpoint>;
  readonly dropped: readonly number[];
}

/** Leaves in memory of the runs that were put away only what the page shows of them: the rest is stored, and can be read. */
function releaseStored({ runs, checkpoints, archive }: ArchivingOptions, { written, safe, dropped }: Stored): void {
  for (const number of dropped) checkpoints.drop(number);
  const { earlier } = runs.getState();
  for (const { number } of earlier) {
    const checkpoint = checkpoints.inMemory(number);
    if (checkpoint !== null && safe.has(checkpoint)) checkpoints.release(number, archive.checkpoint);
  }
  const light = earlier.map((run) => (written.get(run.number) === run ? withoutAnswers(run) : run));
  if (light.every((run, i) => run === earlier[i])) return;
  for (const run of light) if (written.has(run.number) && !earlier.includes(run)) written.set(run.number, run);
  runs.setState({ earlier: light });
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
