import type { Snapshot } from '../core/training/snapshot.ts';
import type { KeptRuns } from '../state/kept-runs.ts';
import type { Run } from '../state/run.ts';
import { type Entry, parseEntry } from './run-schema.ts';

/**
 * The runs in the records of the archive. A record that is not of today's form, or lies under the key of another, is counted
 * and left out, and so are weights whose run is.
 */
export function readRecords(records: readonly (readonly [key: IDBValidKey, value: unknown])[]): KeptRuns {
  const runs: Run[] = [];
  const snapshots = new Map<number, Snapshot>();
  let current: number | null = null;
  let leftOut = 0;
  for (const [key, value] of records) {
    const entry = parseEntry(value);
    if (entry === null || keyOf(entry) !== key) leftOut++;
    else if (entry.kind === 'run') runs.push(entry.run);
    else if (entry.kind === 'weights') snapshots.set(entry.number, entry.snapshot);
    else current = entry.number;
  }
  const numbers = new Set(runs.map(({ number }) => number));
  for (const number of snapshots.keys()) if (!numbers.has(number)) snapshots.delete(number);
  const taken = records.map(([key]) => Number(/^(?:run|weights) (\d{1,9})$/.exec(String(key))?.[1] ?? 0));
  return { runs, snapshots, current, lastNumber: Math.max(0, ...taken), leftOut };
}

/** Where a record lies in the archive. */
export function keyOf(entry: Entry): string {
  if (entry.kind === 'current') return 'current';
  return entry.kind === 'run' ? `run ${entry.run.number}` : `weights ${entry.number}`;
}
