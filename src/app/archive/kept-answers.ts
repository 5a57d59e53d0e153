import type { IDBPObjectStore } from 'idb';
import { type Evaluation, hasAnswers } from '../../core/evaluation/evaluation.ts';
import type { AnsweredSet } from '../../state/answers.ts';
import type { Run } from '../../state/run.ts';
import { VERSIONS } from './records.ts';
import { answersRecord } from './run-records.ts';

const SETS = ['validation', 'test'] as const;

type Key = [run: number, set: AnsweredSet];
type AnswersStore = IDBPObjectStore<unknown, string[], 'answers', 'readwrite'>;

/** What a writing does to the answers of some runs. */
export interface AnswersChange {
  readonly put: readonly { readonly key: Key; readonly evaluation: Evaluation }[];
  readonly removed: readonly Key[];
}

/** Which answers the database has, and what of a run is to be written. */
export class KeptAnswers {
  /** Bytes of each record, by `nameOf`; null where it is of a newer version, and is never written over. */
  readonly #records = new Map<string, number | null>();
  readonly #written = new WeakSet<Evaluation>();

  /** Takes a record from the index. */
  list(key: IDBValidKey, listed: IDBValidKey): void {
    const [bytes, version] = Array.isArray(listed) ? listed : [];
    const isNewer = typeof version === 'number' && version > VERSIONS.answers;
    this.#records.set(String(key), isNewer || typeof bytes !== 'number' ? null : bytes);
  }

  get bytes(): number {
    return [...this.#records.values()].reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0);
  }

  /** What is to be written where runs were changed and forgotten. Of answers that are not in memory the record stays. */
  changeOf(runs: readonly Run[], forgotten: readonly number[]): AnswersChange {
    const put: { key: Key; evaluation: Evaluation }[] = [];
    const removed = forgotten.flatMap((run) => SETS.map((set): Key => [run, set]));
    for (const run of runs) {
      for (const set of SETS) {
        const outcome = run[set];
        if (outcome === null) removed.push([run.number, set]);
        else if (hasAnswers(outcome) && !this.#written.has(outcome))
          put.push({ key: [run.number, set], evaluation: outcome });
      }
    }
    const isMine = (key: Key) => this.#records.get(String(key)) !== null;
    return {
      put: put.filter(({ key }) => isMine(key)),
      removed: removed.filter((key) => this.#records.has(String(key)) && isMine(key)),
    };
  }

  /** The requests of a writing. */
  request(store: AnswersStore, { put, removed }: AnswersChange): readonly Promise<unknown>[] {
    return [
      ...put.map(({ key, evaluation }) => store.put(answersRecord(evaluation), key)),
      ...removed.map((key) => store.delete(key)),
    ];
  }

  /** A writing is complete. */
  note({ put, removed }: AnswersChange): void {
    for (const key of removed) this.#records.delete(String(key));
    for (const { key, evaluation } of put) {
      this.#records.set(String(key), answersRecord(evaluation).bytes);
      this.#written.add(evaluation);
    }
  }
}
