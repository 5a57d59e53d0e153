import type { DataSetControl } from '../state/data-set-control.ts';
import { keepRuns, restorableRuns } from '../state/kept-runs.ts';
import type { Lab } from '../state/lab.ts';
import type { Database } from './archive/database.ts';
import type { FoundTexts } from './archive/found-texts.ts';
import type { KeptTexts } from './archive/kept-texts.ts';
import { problemOf } from './archive/problem-of.ts';
import { keepTexts } from './keep-texts.ts';
import { openRunArchive } from './run-archive.ts';

/** Milliseconds: while a run trains it is kept at most every two seconds, and at least every fifteen. */
const TIMES = { lull: 2000, interval: 15_000 } as const;

/** How long to wait, in milliseconds, for another page of the app that is just being closed to release the runs. */
const PATIENCE = 2000;

/** What keeping stands on. */
export interface KeepingOptions {
  readonly lab: Lab;
  readonly database: Database;
  readonly found: FoundTexts;
  /** Resolves when drafts and settings were looked for. */
  readonly finding: Promise<unknown>;
}

/** Keeps everything that outlasts the page, and gives what keeps drawings and settings. */
export async function keepLab({ lab, database, found, finding }: KeepingOptions): Promise<KeptTexts> {
  keepLabRuns(lab).catch((error: unknown) => lab.storage.report(problemOf(error, 'run')));
  await finding;
  return keepTexts({ database, found, storage: lab.storage, draft: lab.draft });
}

/**
 * Brings back the runs of the last visit, and keeps those of this one. Only one page at a time does so: a second one
 * that is open beside it neither loads nor keeps runs.
 */
async function keepLabRuns(lab: Lab): Promise<void> {
  const open = async () => {
    const archive = openRunArchive();
    const [kept] = await Promise.all([archive.load(), datasetKnown(lab.dataSet)]);
    if (!lab.runs.restoreKeptRuns(restorableRuns(kept, lab.draft.store.getState()))) return;
    const { store: runs, checkpoints } = lab.runs;
    const write = keepRuns({ runs, archive, checkpoints, ...TIMES, now: () => performance.now() });
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && write());
  };
  // Browsers offer locks only on secure pages.
  if (navigator.locks === undefined) return open();
  const forever = new Promise<void>(() => undefined);
  await navigator.locks.request('runs', { signal: AbortSignal.timeout(PATIENCE) }, async () => {
    await open();
    await forever;
  });
}

/** Waits until it is known which data set is open, or that it cannot be read: before, no run is known to be of it. */
function datasetKnown({ store, isOpen }: DataSetControl): Promise<void> {
  const isSettled = () => isOpen(store.getState().spec) || store.getState().failure !== null;
  if (isSettled()) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = store.subscribe(() => {
      if (!isSettled()) return;
      stop();
      resolve();
    });
  });
}
