import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Snapshot, snapshotBytes } from '../core/training/snapshot.ts';

/** Bytes that the weights of earlier runs may take in all. */
const ROOM = 256 * 1024 ** 2;

/** The weights of runs that have given way to others, as long as there is room for them. */
export interface SnapshotCache {
  /** The numbers of the runs whose weights are here. */
  readonly store: StoreApi<ReadonlySet<number>>;
  /** Fetches what a run could go on from, and keeps it; where there is no room, the oldest goes. */
  keep(run: number): void;
  /** Puts there what a run can go on from, as `keep` does. */
  put(run: number, snapshot: Snapshot): void;
  /** What a run can go on from; null where it is not here. */
  snapshotOf(run: number): Snapshot | null;
}

/** A cache that asks for snapshots with `fetch`, and hands on why one cannot be had. `room` is in bytes. */
export function createSnapshotCache(
  fetch: (run: number) => Promise<Snapshot | null>,
  onError: (error: unknown) => void,
  room: number = ROOM,
): SnapshotCache {
  const kept = new Map<number, Snapshot>();
  const store = createStore<ReadonlySet<number>>(() => new Set());
  const put = (run: number, snapshot: Snapshot) => {
    kept.delete(run);
    kept.set(run, snapshot);
    for (const number of kept.keys()) {
      if ([...kept.values()].reduce((sum, each) => sum + snapshotBytes(each), 0) <= room) break;
      kept.delete(number);
    }
    store.setState(new Set(kept.keys()), true);
  };
  return {
    store,
    put,
    keep(run) {
      fetch(run).then((snapshot) => snapshot !== null && put(run, snapshot), onError);
    },
    snapshotOf: (run) => kept.get(run) ?? null,
  };
}
