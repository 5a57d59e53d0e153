import type { Lab } from '../state/lab.ts';
import { completed, type Database, resultOf } from './archive/database.ts';
import type { Owner } from './archive/owner.ts';
import { problemOf } from './archive/problem-of.ts';
import { queueOf, queueRecord } from './archive/queue-record.ts';
import { bytesOf } from './archive/run-records.ts';

/** There is one queue. */
const KEY = 'runs';

/** What keeping the queue stands on. */
export interface KeepQueueOptions {
  readonly lab: Pick<Lab, 'runs' | 'storage'>;
  readonly database: Database;
  readonly owner: Owner;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Whether this tab has only just begun; else what is in the archive is newer. */
  readonly isFirst: boolean;
}

/** Brings back the runs of a sweep that were still to come, none of which starts by that, and keeps them from now on. */
export async function keepQueue({ lab, database, owner, signal, isFirst }: KeepQueueOptions): Promise<void> {
  const { storage } = lab;
  const { queue } = lab.runs;
  const report = (error: unknown) => storage.report(problemOf(error, 'queue'));
  const kept = await readQueue(database);
  const isTaken = isFirst && queue.store.getState().plans.length > 0;
  if (typeof kept === 'string') storage.report({ kind: kept, what: 'queue', count: 1 });
  else if (kept !== null && !isTaken) queue.restore(kept.found);
  // One of a newer version is never written over.
  if (kept === 'newer') return;
  const write = async () => {
    const { purpose, plans } = queue.store.getState();
    const record = queueRecord({ purpose, plans });
    const transaction = (await database.open()).transaction(['queue', 'about'], 'readwrite');
    await owner.check(transaction);
    transaction.objectStore('queue').put(record, KEY);
    transaction.commit();
    await completed(transaction);
    storage.succeed('queue');
    storage.count({ queue: bytesOf(record) });
  };
  const stop = queue.store.subscribe((now, before) => {
    if (now.plans !== before.plans) write().catch(report);
  });
  signal.addEventListener('abort', stop);
  if (isTaken) write().catch(report);
}

async function readQueue(database: Database) {
  const store = (await database.open()).transaction('queue').objectStore('queue');
  const value = await resultOf<unknown>(store.get(KEY));
  return value === undefined ? null : queueOf(value);
}
