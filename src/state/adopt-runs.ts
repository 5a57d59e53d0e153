import type { Checkpoint } from '../core/training/checkpoint.ts';
import type { WeightsOrigin } from '../core/training/weights-origin.ts';
import { restorableRuns } from './archive.ts';
import type { DraftStore } from './draft-store.ts';
import type { Run } from './run.ts';
import { allRuns, withKept } from './runs.ts';
import type { RunsControl } from './runs-control.ts';

/** A run from elsewhere, with all its answers. */
export interface FoundRun {
  readonly run: Run;
  /** What it goes on from; null where it cannot. */
  readonly checkpoint: Checkpoint | null;
}

/**
 * Brings runs from elsewhere into the lab, where none of them trains. Each keeps its number, or gets a new one where a run of the
 * lab has it.
 */
export function adoptRuns({ store, checkpoints }: RunsControl, draft: DraftStore, found: readonly FoundRun[]): void {
  const before = store.getState();
  const taken = new Set(allRuns(before).map(({ number }) => number));
  let last = Math.max(before.lastNumber, ...found.map(({ run }) => run.number));
  const numbers = new Map(found.map(({ run: { number } }) => [number, taken.has(number) ? ++last : number]));
  const numberOf = (number: number) => numbers.get(number) ?? number;
  const runs = found.map(({ run }) => ({
    ...run,
    number: numberOf(run.number),
    carriedFrom: run.carriedFrom && renumbered(run.carriedFrom, numbers),
  }));
  const kept = { runs, older: new Set<number>(), checkpoints: new Set<number>(), current: null, lastNumber: last };
  const still = restorableRuns(kept, draft.store.getState()).runs;
  for (const { run, checkpoint } of found) if (checkpoint !== null) checkpoints.put(numberOf(run.number), checkpoint);
  store.setState((state) => withKept(state, still, last));
}

/** Where weights came from, in the numbers that runs have now. Of a run that did not come along it is only said that there was one. */
function renumbered(origin: WeightsOrigin, numbers: ReadonlyMap<number, number>): WeightsOrigin {
  if (origin.kind !== 'run') return origin;
  const run = numbers.get(origin.run);
  const { layers } = origin;
  return run === undefined
    ? { kind: 'file', name: `run ${origin.run} of another lab`, layers }
    : { kind: 'run', run, layers };
}
