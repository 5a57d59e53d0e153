import { createStore, entries, type UseStore } from 'idb-keyval';
import { checkpointBytes } from '../state/checkpoints.ts';
import type { Archive, ArchiveChange, KeptRuns } from '../state/kept-runs.ts';
import { keyOf, readRecords } from './run-records.ts';
import type { Entry } from './run-schema.ts';

/**
 * Raised whenever a `Run` or a `Snapshot` changes its form: what older versions of the app have stored is then ignored.
 */
const FORMAT = 1;

/** Bytes that the weights of all runs may take. */
const ROOM = 256 * 1024 ** 2;

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
  const kept = readRecords(await entries<IDBValidKey, unknown>(store));
  for (const [number, checkpoint] of kept.checkpoints) sizes.set(number, checkpointBytes(checkpoint));
  return kept;
}

/** One transaction: if the page is closed in the middle of it, nothing is changed. */
async function write(store: UseStore, sizes: Map<number, number>, change: ArchiveChange): Promise<void> {
  const { runs, checkpoints, removed, current } = change;
  // In the order in which they were written, the newest last.
  const wanted = new Map([...sizes].filter(([number]) => !removed.includes(number) && !checkpoints.has(number)));
  for (const [number, checkpoint] of checkpoints) wanted.set(number, checkpointBytes(checkpoint));
  const dropped = beyond(wanted, ROOM);
  for (const number of dropped) wanted.delete(number);
  await store('readwrite', (all) => {
    const put = (entry: Entry) => all.put(entry, keyOf(entry));
    for (const run of runs) put({ kind: 'run', run });
    for (const [number, checkpoint] of checkpoints) {
      if (wanted.has(number)) put({ kind: 'weights', number, ...checkpoint });
    }
    for (const number of removed) all.delete(`run ${number}`);
    for (const number of [...removed, ...dropped]) all.delete(`weights ${number}`);
    put({ kind: 'current', number: current });
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
