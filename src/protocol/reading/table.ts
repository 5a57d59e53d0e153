import type { LeftOut } from './left-out.ts';

/** A table with a name for each column in its first row. */
export interface TableSurvey {
  readonly kind: 'table';
  readonly title: string;
  readonly rows: number;
  readonly columns: readonly ColumnSurvey[];
  readonly leftOut: readonly LeftOut[];
}

/** What a column holds. */
export interface ColumnSurvey {
  readonly name: string;
  readonly type: 'number' | 'category';
  readonly missing: number;
}

/** How the rows of a table become samples. */
export interface TableChoices {
  readonly kind: 'table';
  readonly title: string;
  readonly testShare: number;
  readonly seed: number;
}
