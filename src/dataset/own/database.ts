import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { OwnDataset } from '../../core/dataset/own-dataset.ts';

/** The version of the form of the records of `set`; in the files' form it is the manifest's `format`. */
export const SET_VERSION = 1;

/** A data set in the list, under its id. */
export interface SetRecord extends OwnDataset {
  readonly version: typeof SET_VERSION;
}

/** Data sets of the user's own: what each is, and its files as a data folder has them, under id and name. */
interface OwnDataSchema extends DBSchema {
  set: { key: string; value: unknown };
  file: { key: [id: string, name: string]; value: Uint8Array<ArrayBuffer> };
  /** Test sets of the user's own, under the id of the data set that they are for. */
  test: { key: string; value: unknown };
}

export type OwnDatabase = IDBPDatabase<OwnDataSchema>;

/** Raised when the stores change. */
const DATABASE_VERSION = 2;

/** Has the database do something, and closes it. Rejects with a DOMException where the browser has none or it is full. */
export async function withOwnData<Result>(work: (database: OwnDatabase) => Promise<Result>): Promise<Result> {
  const database = await openDB<OwnDataSchema>('fitting-room-data', DATABASE_VERSION, {
    upgrade(upgraded, before) {
      if (before < 1) {
        upgraded.createObjectStore('set');
        upgraded.createObjectStore('file');
      }
      upgraded.createObjectStore('test');
    },
  });
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

/** The keys of all files of a data set. */
export function filesOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []], true, true);
}
