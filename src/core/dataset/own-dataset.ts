import type { DatasetSpec } from './spec.ts';

/** A data set that was made of the user's own files, and is kept in this browser. */
export interface OwnDataset {
  readonly spec: DatasetSpec;
  /** What it takes in the browser's storage. */
  readonly bytes: number;
  /** When it was made, in milliseconds since 1970. */
  readonly made: number;
}

/** What is found of data sets of the user's own. */
export interface FoundOwnData {
  /** The newest first. */
  readonly sets: readonly OwnDataset[];
  /** How many were kept by a newer version of the app; they stay as they are. */
  readonly newer: number;
  /** How many are of no form that any version had. */
  readonly unreadable: number;
}

/** The folder below the page at which data sets of the user's own are addressed. Nothing is there on the server. */
export const OWN_DATA_FOLDER = 'own-data/';

/** The address of a data set of the user's own, absolute where the page's is, with a slash at the end. */
export function ownDataPath(id: string): string {
  return `${OWN_DATA_FOLDER}${id}/`;
}

/** Whether an id is that of a data set of the user's own: its title, and eight digits that follow from what it holds. */
export function isOwnId(id: string): boolean {
  return /-[0-9a-f]{8}$/.test(id);
}
