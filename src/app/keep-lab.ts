import { type Archive, keepRuns, restorableRuns } from '../state/archive.ts';
import type { DataSetControl } from '../state/data-set-control.ts';
import type { Lab } from '../state/lab.ts';
import type { Database } from './archive/database.ts';
import { moveFormer } from './archive/former.ts';
import type { FoundTexts } from './archive/found-texts.ts';
import type { KeptTexts } from './archive/kept-texts.ts';
import { asOwner } from './archive/owner.ts';
import { problemOf } from './archive/problem-of.ts';
import { createRoom } from './archive/room.ts';
import { RunArchive } from './archive/run-archive.ts';
import { keepTexts } from './keep-texts.ts';

/** Milliseconds: while a run trains it is kept at most every two seconds, and at least every fifteen. */
const TIMES = { lull: 2000, interval: 15_000 } as const;

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
  const { storage, draft } = lab;
  const begin = async () => {
    await moveFormer(database, found, storage);
    await keepLabRuns(lab, new RunArchive(database, storage));
  };
  asOwner(begin).then(
    (isOwner) => isOwner || storage.report({ kind: 'elsewhere' }),
    (error: unknown) => storage.report(problemOf(error, 'run')),
  );
  await finding;
  return keepTexts({ database, found, storage, draft });
}

/** Brings back the runs of the last visit, and keeps those of this one. */
async function keepLabRuns({ runs, draft, dataSet, storage }: Lab, archive: Archive): Promise<void> {
  const [loaded] = await Promise.all([archive.load(), datasetKnown(dataSet)]);
  const kept = restorableRuns(loaded, draft.store.getState());
  if (!runs.restoreKeptRuns(kept, archive.checkpoint)) return storage.report({ kind: 'late' });
  const room = createRoom(storage);
  void room.look();
  const write = keepRuns({
    runs: runs.store,
    archive,
    kept: kept.runs,
    checkpoints: runs.checkpoints,
    ...TIMES,
    now: () => performance.now(),
    onWritten(error) {
      if (error !== null) storage.report(problemOf(error, 'run'));
      void room.look();
    },
  });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && write());
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
