import type { LeftOut } from './left-out.ts';

/** A table with a name for each column in its first row. */
export interface TableSurvey {
  readonly kind: 'table';
  readonly title: string;
  readonly rows: number;
  readonly columns: readonly ColumnSurvey[];
  readonly leftOut: readonly LeftOut[];
  /** What there is to know about how the file was read, a sentence each. */
  readonly notes: readonly string[];
  /** Ways to read this table, the first of which is suggested. */
  readonly suggestions: readonly [TableSuggestion, ...TableSuggestion[]];
}

/** Choices to start from. */
export interface TableSuggestion {
  /** Such as `All columns`. */
  readonly name: string;
  /** What is special about it, as a sentence; empty where nothing is. */
  readonly note: string;
  readonly choices: TableChoices;
}

/** What a column holds. */
export interface ColumnSurvey {
  readonly name: string;
  readonly type: 'number' | 'category' | 'date' | 'text' | 'id';
  readonly missing: number;
  /** How many different cells there are; null where there are too many to count. */
  readonly distinct: number | null;
  /** Why it is better not given to a network, as a sentence; null where nothing speaks against it. */
  readonly objection: string | null;
  /** Of its numbers; null where it has none. */
  readonly numbers: NumberSurvey | null;
  /** The most frequent texts, with how often they occur; empty where there are too many. */
  readonly top: readonly { readonly text: string; readonly count: number }[];
  /** The first cells, as they are in the file; null where one is missing. */
  readonly cells: readonly (string | null)[];
}

/** The numbers of a column. */
export interface NumberSurvey {
  readonly least: number;
  readonly most: number;
  readonly mean: number;
  readonly median: number;
  /** How many lie in each of equal parts from the least to the most. */
  readonly histogram: readonly number[];
  /** Cells with a text that is no number; they count as missing. */
  readonly unreadable: number;
}

/** How the rows of a table become samples. */
export interface TableChoices {
  readonly kind: 'table';
  readonly title: string;
  /** The columns that a network is given. */
  readonly features: readonly FeatureChoice[];
  readonly answer: AnswerChoice;
  readonly testShare: number;
  readonly seed: number;
}

/** A column that a network is given, by its place in the table, and how. */
export type FeatureChoice = NumberChoice | CategoryChoice;

export interface NumberChoice {
  readonly as: 'number';
  readonly column: number;
  /** Such as `hPa`; empty where there is none. */
  readonly unit: string;
  readonly standardise: boolean;
  /** What becomes of a missing number: the mean or the median of the training rows, or its row is dropped. */
  readonly missing: 'mean' | 'median' | 'drop';
}

export interface CategoryChoice {
  readonly as: 'category';
  readonly column: number;
  /** The most categories that get a value of their own: the most frequent ones of the training rows. */
  readonly most: number;
  /** What becomes of a missing one: the most frequent category, a category of its own, or its row is dropped. */
  readonly missing: 'frequent' | 'own' | 'drop';
}

/** The column that the classes come from. */
export interface AnswerChoice {
  readonly column: number;
  /** Numbers from here on are the second class, those below it the first; null where each different cell is a class. */
  readonly threshold: number | null;
}

/** What choices make of a table, before anything is kept. */
export interface TablePreview {
  readonly kind: 'table';
  /** How many rows there are to train and to test on. */
  readonly train: number;
  readonly test: number;
  readonly classes: readonly { readonly name: string; readonly train: number; readonly test: number }[];
  /** How many values a row becomes. */
  readonly values: number;
  /** Rows that are dropped, with the reason. */
  readonly leftOut: readonly LeftOut[];
  readonly notes: readonly string[];
  /** For each feature, what becomes of its cells in the first rows. */
  readonly features: readonly FeaturePreview[];
}

/** What a feature becomes. */
export interface FeaturePreview {
  readonly column: number;
  /** How many values it makes. */
  readonly values: number;
  /** What is done, with the numbers of the training rows: `minus 51.4, divided by 20.8`. */
  readonly rule: string;
  /** Cells before and after: `51` and `-0.02`, `Dream` and `0 1 0`. */
  readonly examples: readonly { readonly before: string; readonly after: string }[];
}
