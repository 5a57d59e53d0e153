import { createContext } from 'react';
import type { FoundOwnData } from '../core/dataset/own-dataset.ts';
import type { OwnTest } from '../core/dataset/own-test.ts';
import type { DatasetSpec } from '../core/dataset/spec.ts';
import type {
  Extension,
  FoundFile,
  MadeDataset,
  Preview,
  ReadingChoices,
  Survey,
} from '../protocol/reading/reading.ts';

/** How to control a reading that takes long. */
export interface ReadingControl {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** Files that are being made into a data set. Each answer is an Error with a sentence where it cannot be done. */
export interface Reading {
  /** Looks at files. */
  survey(files: readonly FoundFile<File>[], control: ReadingControl): Promise<Survey>;
  /** What choices would make of the files that were looked at last; null where that cannot be told before. */
  preview(choices: ReadingChoices, control: ReadingControl): Promise<Preview | null>;
  /** Makes a data set of the files that were looked at last, and keeps it. */
  make(choices: ReadingChoices, control: ReadingControl): Promise<MadeDataset>;
  /** Frees what it holds. */
  end(): void;
}

/** The data sets that were made of the user's own files. */
export interface OwnData {
  /** Rejects where the browser keeps nothing. */
  list(): Promise<FoundOwnData>;
  remove(id: string): Promise<void>;
  /** Starts a reading in a worker of its own. */
  read(): Reading;
  /** All its files by name: the data folder that exported programs read. */
  folder(id: string): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>>;
  /** Makes a data set of one and of more samples to train on, in a worker of its own, and keeps it. */
  extend(extension: Extension, control: ReadingControl): Promise<MadeDataset>;
  /** The test set of the user's own for a data set, of any origin; an empty one where there is none. Rejects as `list` does. */
  readTest(dataset: DatasetSpec): Promise<OwnTest>;
  /** Keeps it in place of the one before. Rejects where there is no room. */
  writeTest(dataset: DatasetSpec, test: OwnTest): Promise<void>;
  /** Bytes that all of them take. Rejects as `list` does. */
  testsBytes(): Promise<number>;
  /** The absolute address of the folder of a data set. */
  addressOf(id: string): string;
}

const NOWHERE = () => Promise.reject(new Error('This page keeps no data sets.'));

/** Where data sets of the user's own are; the composition root provides it. */
export const OwnDataContext = createContext<OwnData>({
  list: NOWHERE,
  remove: NOWHERE,
  read: () => ({ survey: NOWHERE, preview: NOWHERE, make: NOWHERE, end: () => {} }),
  folder: NOWHERE,
  extend: NOWHERE,
  readTest: NOWHERE,
  writeTest: NOWHERE,
  testsBytes: NOWHERE,
  addressOf: (id) => id,
});
