import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FoundOwnData } from '../core/dataset/own-dataset.ts';

/** What a record is of. */
export type RecordKind = 'run' | 'checkpoint' | 'queue' | 'draft' | 'drawing' | 'setting' | 'dataSet' | 'ownTest';

/** Why something is not kept, or not any more. Runs are given by their numbers. */
export type StorageProblem =
  /** The browser has no database, or blocks it. */
  | { readonly kind: 'unavailable' }
  /** The database was written by a newer version of the app. */
  | { readonly kind: 'newerDatabase' }
  /** The code that keeps things could not be fetched: nothing is kept before it is. `again` tries it at once. */
  | { readonly kind: 'notLoaded'; readonly again: () => void }
  /** Another tab keeps the runs. */
  | { readonly kind: 'elsewhere' }
  /** A run had begun before those of earlier visits were read. */
  | { readonly kind: 'late' }
  /** There is no room for what was to be written last. */
  | { readonly kind: 'full'; readonly what: RecordKind }
  /** What was to be read or written last could not be, for another reason. */
  | { readonly kind: 'failed'; readonly what: RecordKind; readonly message: string }
  /** So many records are of a newer version of the app. */
  | { readonly kind: 'newer'; readonly what: RecordKind; readonly count: number }
  /** So many records are of no form that this or an earlier version had. */
  | { readonly kind: 'unreadable'; readonly what: RecordKind; readonly count: number }
  /** The weights of these runs take more than may be kept of one run. */
  | { readonly kind: 'tooHeavy'; readonly runs: readonly number[] }
  /** The weights of these runs gave way to newer ones. */
  | { readonly kind: 'gaveWay'; readonly runs: readonly number[] };

/** Bytes by what they are for. */
export type StorageBytes = { readonly [Kind in RecordKind]: number };

/** What outlasts the page. */
export interface StorageStatus {
  /** How many runs are kept; null until it is known. */
  readonly runs: number | null;
  readonly bytes: StorageBytes;
  /** Bytes that the browser gives this site, and those in use, the data set included; null where it does not say. */
  readonly room: { readonly used: number; readonly quota: number } | null;
  /** Whether the browser has promised not to clear it by itself; null where it was not asked yet. */
  readonly isPersistent: boolean | null;
  /** At most one of each kind about each kind of record. */
  readonly problems: readonly StorageProblem[];
}

/** What is known of the storage, and who is to know. */
export interface StorageControl {
  readonly store: StoreApi<StorageStatus>;
  /** Puts a problem in the place of the one of its kind about the same. */
  report(problem: StorageProblem): void;
  /** What could not be read or written before can be. */
  succeed(what: RecordKind): void;
  /** Bytes of some kinds are now so many. */
  count(bytes: Partial<StorageBytes>): void;
}

const NO_BYTES: StorageBytes = {
  run: 0,
  checkpoint: 0,
  queue: 0,
  draft: 0,
  drawing: 0,
  setting: 0,
  dataSet: 0,
  ownTest: 0,
};

/** A storage of which nothing is known yet. */
export function createStorageControl(): StorageControl {
  const store = createStore<StorageStatus>(() => ({
    runs: null,
    bytes: NO_BYTES,
    room: null,
    isPersistent: null,
    problems: [],
  }));
  return {
    store,
    report: (problem) =>
      store.setState(({ problems }) => ({
        problems: [...problems.filter((other) => subjectOf(other) !== subjectOf(problem)), problem],
      })),
    succeed(what) {
      const { problems } = store.getState();
      const left = problems.filter((problem) => !(isPassing(problem) && problem.what === what));
      if (left.length < problems.length) store.setState({ problems: left });
    },
    count: (bytes) => store.setState((state) => ({ bytes: { ...state.bytes, ...bytes } })),
  };
}

/** Tells the storage's control what was found of data sets of the user's own. */
export function countOwnData({ report, count }: StorageControl, { sets, newer, unreadable }: FoundOwnData): void {
  count({ dataSet: sets.reduce((sum, { bytes }) => sum + bytes, 0) });
  if (newer > 0) report({ kind: 'newer', what: 'dataSet', count: newer });
  if (unreadable > 0) report({ kind: 'unreadable', what: 'dataSet', count: unreadable });
}

function subjectOf(problem: StorageProblem): string {
  return 'what' in problem ? `${problem.kind} ${problem.what}` : problem.kind;
}

/** Whether a problem ends when the next attempt succeeds. */
function isPassing(problem: StorageProblem): problem is StorageProblem & { kind: 'full' | 'failed' } {
  return problem.kind === 'full' || problem.kind === 'failed';
}
