import type { Checkpoint } from '../core/training/checkpoint.ts';
import { carryCurves } from '../core/training/curves.ts';
import type { Series } from '../core/training/series.ts';
import type { Thinned } from '../core/training/thinned.ts';
import { thinnedWith } from '../core/training/thinning.ts';
import type { Checkpoints, ReadCheckpoint } from './checkpoints.ts';
import type { StoredSteps } from './curves.ts';
import { type Run, stepOf } from './run.ts';
import type { Runs } from './runs.ts';

/** How much of a curve memory keeps step by step. */
export interface CurveRoom {
  /** The newest steps, at the least so many. */
  readonly steps: number;
  /** Older ones are put apart so many at a time: a power of two that is more than 32. */
  readonly chunk: number;
}

/** What is stated in docs/reliability.md. */
const ROOM: CurveRoom = { steps: 20_000, chunk: 8192 };

/** A run with thinned steps, and those steps. */
export interface Apart {
  readonly run: Run & { readonly thinned: Thinned };
  readonly steps: StoredSteps;
}

/** What thinning stands on. */
export interface ThinningOptions {
  readonly archive: { readonly checkpoint: ReadCheckpoint };
  readonly checkpoints: Pick<Checkpoints, 'inMemory'>;
  /** Left out for what is usual. */
  readonly room?: CurveRoom;
}

/** Thins the oldest steps of long runs, which are stored one by one with the same writing. */
export function createThinning({ archive, checkpoints, room = ROOM }: ThinningOptions) {
  /** The steps of the stored checkpoints, as far as they are known; infinite where there is none. */
  const storedAt = new Map<number, number>();
  /** A run can be taken back to its newest checkpoint, from which on memory needs every step; without one, to its start. */
  const neededFrom = async ({ number, phase }: Run) => {
    const stored = storedAt.get(number) ?? stepAt(await archive.checkpoint(number));
    storedAt.set(number, stored);
    const needed = Math.min(stored, stepAt(checkpoints.inMemory(number)));
    return needed < Number.POSITIVE_INFINITY || phase === 'finished' || phase === 'failed' ? needed : 0;
  };
  return {
    /** Those of some runs whose oldest steps can be put apart. */
    async of(runs: readonly Run[]): Promise<ReadonlyMap<Run, Apart>> {
      const found = new Map<Run, Apart>();
      for (const run of runs) {
        if (countApart(run, stepOf(run), room) === 0) continue;
        const count = countApart(run, await neededFrom(run), room);
        if (count > 0) found.set(run, putApart(run, count));
      }
      return found;
    },
    /** These checkpoints are stored now, and those runs are not any more. */
    note(stored: readonly (readonly [number, Checkpoint])[], removed: readonly number[]) {
      for (const number of removed) storedAt.delete(number);
      for (const [number, checkpoint] of stored) storedAt.set(number, stepAt(checkpoint));
    },
  };
}

function stepAt(checkpoint: Checkpoint | null): number {
  return checkpoint?.snapshot.step ?? Number.POSITIVE_INFINITY;
}

/** How many more steps of a run can be put apart where every step from `needed` on stays. */
function countApart(run: Run, needed: number, { steps, chunk }: CurveRoom): number {
  const end = Math.min(stepOf(run) - steps, needed);
  return Math.max(0, Math.floor((end - (run.thinned?.steps ?? 0)) / chunk)) * chunk;
}

function putApart(run: Run, count: number): Apart {
  const { losses, accuracies } = run;
  const steps = { losses: losses.slice(0, count), accuracies: accuracies.slice(0, count) };
  return {
    run: {
      ...run,
      thinned: thinnedWith(run.thinned, steps.losses, steps.accuracies),
      losses: withoutFirst(losses, count),
      accuracies: withoutFirst(accuracies, count),
    },
    steps: { run: run.number, first: run.thinned?.steps ?? 0, ...steps },
  };
}

/** The runs after steps of some were put apart and are stored; runs that have gone on since are thinned as well. */
export function withThinned(runs: Runs, apart: ReadonlyMap<Run, Apart>): Runs {
  if (apart.size === 0) return runs;
  const thinned = (run: Run) => {
    const entry = [...apart].find(([{ number }]) => number === run.number);
    return entry === undefined ? run : without(run, ...entry);
  };
  return { ...runs, current: runs.current && thinned(runs.current), earlier: runs.earlier.map(thinned) };
}

/** A run without the steps that were put apart of it as it was `before`; as it is where it has other steps now. */
function without(run: Run, before: Run, { run: after, steps }: Apart): Run {
  if (run === before) return after;
  const isSame = run.thinned === before.thinned && startsWith(run.losses, steps.losses);
  if (!isSame) return run;
  const count = steps.losses.length;
  return {
    ...run,
    thinned: after.thinned,
    losses: withoutFirst(run.losses, count),
    accuracies: withoutFirst(run.accuracies, count),
  };
}

/** The values behind the first ones, of which the curves stay as they are. */
function withoutFirst(series: Series, count: number): Series {
  const rest = series.slice(count);
  carryCurves(series, rest);
  return rest;
}

function startsWith(values: Float32Array, start: Float32Array): boolean {
  return values.length >= start.length && start.every((value, i) => Object.is(value, values[i]));
}
