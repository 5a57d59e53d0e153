import { createStore, entries, type UseStore } from 'idb-keyval';
import { type Snapshot, snapshotBytes } from '../core/training/snapshot.ts';
import type { Archive, ArchiveChange, KeptRuns } from '../state/kept-runs.ts';
import type { Run } from '../state/run.ts';

/** Raised whenever a `Run` or a `Snapshot` changes its form: what older versions of the app have kept is then left alone. */
const FORMAT = 1;

/** Bytes that the weights of all runs may take. */
const ROOM = 256 * 1024 ** 2;

type Entry =
  | { readonly kind: 'run'; readonly run: Run }
  | { readonly kind: 'weights'; readonly number: number; readonly snapshot: Snapshot }
  | { readonly kind: 'current'; readonly number: number | null };

/** Runs in the browser's own database. `load` and `write` reject where it is full or blocked. */
export function openRunArchive(): Archive {
  const store = createStore(`fitting-room-${FORMAT}`, 'runs');
  const sizes = new Map<number, number>();
  return {
    load: () => load(store, sizes),
    write: (change) => write(store, sizes, change),
  };
}

async function load(store: UseStore, sizes: Map<number, number>): Promise<KeptRuns> {
  const found = await entries<string, Entry>(store);
  const runs: Run[] = [];
  const snapshots = new Map<number, Snapshot>();
  let current: number | null = null;
  for (const [, entry] of found) {
    if (entry.kind === 'run') runs.push(entry.run);
    else if (entry.kind === 'weights') snapshots.set(entry.number, entry.snapshot);
    else current = entry.number;
  }
  for (const [number, snapshot] of snapshots) sizes.set(number, snapshotBytes(snapshot));
  return { runs, snapshots, current };
}

/** One transaction: a page that goes in the middle of it leaves all as it was. */
async function write(store: UseStore, sizes: Map<number, number>, change: ArchiveChange): Promise<void> {
  const { runs, snapshots, removed, current } = change;
  // In the order in which they were written, the newest last.
  const wanted = new Map([...sizes].filter(([number]) => !removed.includes(number) && !snapshots.has(number)));
  for (const [number, snapshot] of snapshots) wanted.set(number, snapshotBytes(snapshot));
  const dropped = beyond(wanted, ROOM);
  for (const number of dropped) wanted.delete(number);
  await store('readwrite', (all) => {
    const put = (key: string, entry: Entry) => all.put(entry, key);
    for (const run of runs) put(`run ${run.number}`, { kind: 'run', run });
    for (const [number, snapshot] of snapshots) {
      if (wanted.has(number)) put(`weights ${number}`, { kind: 'weights', number, snapshot });
    }
    for (const number of removed) all.delete(`run ${number}`);
    for (const number of [...removed, ...dropped]) all.delete(`weights ${number}`);
    put('current', { kind: 'current', number: current });
    return done(all.transaction);
  });
  sizes.clear();
  for (const [number, bytes] of wanted) sizes.set(number, bytes);
}

/** The runs whose weights have to go, those first that were written longest ago. */
function beyond(sizes: ReadonlyMap<number, number>, room: number): readonly number[] {
  const dropped: number[] = [];
  let total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  for (const [number, bytes] of sizes) {
    if (total <= room) break;
    dropped.push(number);
    total -= bytes;
  }
  return dropped;
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}
