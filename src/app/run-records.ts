import type { Checkpoint, Course } from '../core/training/checkpoint.ts';
import type { KeptRuns } from '../state/kept-runs.ts';
import type { Run } from '../state/run.ts';
import { liveSettings } from '../state/run-settings.ts';
import { type Entry, parseEntry } from './run-schema.ts';

/**
 * The runs in the records of the archive. A record that is not of today's form, or lies under the key of another, is counted
 * and left out, and so are weights whose run is.
 */
export function readRecords(records: readonly (readonly [key: IDBValidKey, value: unknown])[]): KeptRuns {
  const runs: Run[] = [];
  const weights: Weights[] = [];
  let current: number | null = null;
  let leftOut = 0;
  for (const [key, value] of records) {
    const entry = parseEntry(value);
    if (entry === null || keyOf(entry) !== key) leftOut++;
    else if (entry.kind === 'run') runs.push(entry.run);
    else if (entry.kind === 'weights') weights.push(entry);
    else current = entry.number;
  }
  const checkpoints = new Map<number, Checkpoint>();
  for (const entry of weights) {
    const run = runs.find(({ number }) => number === entry.number);
    if (run !== undefined) checkpoints.set(entry.number, checkpointOf(entry, run));
  }
  const taken = records.map(([key]) => Number(/^(?:run|weights) (\d{1,9})$/.exec(String(key))?.[1] ?? 0));
  return { runs, checkpoints, current, lastNumber: Math.max(0, ...taken), leftOut };
}

type Weights = Entry & { readonly kind: 'weights' };

/** A checkpoint; one that was kept as weights alone goes on as far as its run tells. */
function checkpointOf({ snapshot, judgedEpochs, course, earlyStopping }: Weights, run: Run): Checkpoint {
  const judged = run.epochs.filter(({ step }) => step <= snapshot.step).length;
  const told: Course = { settings: liveSettings(run), lengths: [run.draft.recipe.epochs] };
  return {
    snapshot,
    judgedEpochs: judgedEpochs ?? judged,
    course: course ?? told,
    earlyStopping: earlyStopping ?? null,
  };
}

/** Where a record lies in the archive. */
export function keyOf(entry: Entry): string {
  if (entry.kind === 'current') return 'current';
  return entry.kind === 'run' ? `run ${entry.run.number}` : `weights ${entry.number}`;
}
