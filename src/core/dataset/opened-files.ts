/** The user's own files that a data set was made of, and how: with these, a program makes the same samples of the same files. */
export type OpenedFiles = OpenedPictures | OpenedIdx | OpenedTable;

interface Opened {
  /** The name of the zip, the file or the folder around all; `.` where there is no folder around them. */
  readonly name: string;
  /** Which share was set aside to test on, where the files do not say it. */
  readonly testShare: number;
  readonly seed: number;
}

/** Pictures in folders that are their classes. */
export interface OpenedPictures extends Opened {
  readonly kind: 'pictures';
  /** A picture that is not square: all of it with black edges, or the largest square in its middle. */
  readonly fit: 'fit' | 'crop';
  /** The folders with what is to be tested on, in lower case, beside others; null where no folders say it. */
  readonly testFolders: readonly string[] | null;
}

/** The files of MNIST and its relatives, by their paths below `name`. */
export interface OpenedIdx extends Opened {
  readonly kind: 'idx';
  readonly train: OpenedPair;
  /** Null where some of the others were set aside. */
  readonly test: OpenedPair | null;
  /** Whether rows and columns were exchanged. */
  readonly transposes: boolean;
}

interface OpenedPair {
  readonly images: string;
  readonly labels: string;
}

/** A table, and how it was read. */
export interface OpenedTable extends Opened {
  readonly kind: 'table';
  readonly form: TableForm;
  /** Where the columns of the fields are, in their order, and that of the answer. */
  readonly columns: readonly number[];
  readonly answer: number;
}

/** How the text of a table was read. */
export interface TableForm {
  readonly encoding: TableEncoding;
  readonly delimiter: string;
  /** Whether the first row has names instead of values. */
  readonly hasNames: boolean;
  /** How many columns there are; other rows were left out. */
  readonly width: number;
}

/** What a table's text can be in. */
export const TABLE_ENCODINGS = ['utf-8', 'utf-16', 'windows-1252'] as const;

export type TableEncoding = (typeof TABLE_ENCODINGS)[number];

/** The longest path that is kept. */
export const LONGEST_PATH = 300;
