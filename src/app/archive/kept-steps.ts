import type { IDBPDatabase, IDBPObjectStore } from 'idb';
import type { Steps, StoredSteps } from '../../state/curves.ts';
import type { Run } from '../../state/run.ts';
import { stepsOf, stepsRecord } from './run-records.ts';

type StepsStore = IDBPObjectStore<unknown, string[], 'steps', 'readwrite'>;

/** The requests that write steps one by one. Of runs that are written, what is not thinned any more is deleted. */
export function requestSteps(
  store: StepsStore,
  steps: readonly StoredSteps[],
  runs: readonly Run[],
  removed: readonly number[],
): readonly Promise<unknown>[] {
  return [
    ...runs.map(({ number, thinned }) => store.delete(stepsFrom(number, thinned?.steps ?? 0))),
    ...removed.map((number) => store.delete(stepsFrom(number, 0))),
    ...steps.map((each) => store.put(stepsRecord(each), [each.run, each.first])),
  ];
}

/** The thinned steps of a run; null where one is missing or cannot be read. */
export async function readSteps(database: IDBPDatabase, { number, thinned }: Run): Promise<Steps | null> {
  const length = thinned?.steps ?? 0;
  const losses = new Float32Array(length);
  const accuracies = new Float32Array(length);
  const range = IDBKeyRange.bound([number, 0], [number, length], false, true);
  const store = database.transaction('steps').objectStore('steps');
  const [keys, records] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
  let end = 0;
  for (const [i, key] of keys.entries()) {
    const first = Array.isArray(key) ? key[1] : undefined;
    const reading = stepsOf(records[i]);
    if (typeof reading === 'string' || typeof first !== 'number' || first > end) return null;
    losses.set(reading.found.losses.subarray(0, length - first), first);
    accuracies.set(reading.found.accuracies.subarray(0, length - first), first);
    end = first + reading.found.losses.length;
  }
  return end < length ? null : { losses, accuracies };
}

function stepsFrom(run: number, first: number): IDBKeyRange {
  return IDBKeyRange.bound([run, first], [run, Number.POSITIVE_INFINITY]);
}
