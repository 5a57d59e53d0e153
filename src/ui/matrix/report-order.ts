import type { Scores } from '../../core/evaluation/metrics.ts';

/** A column that the report can be sorted by; `class` is the order of the data set's labels. */
export type ReportColumn = 'class' | keyof Scores;

/** How the classes of the report are sorted. */
export interface ReportOrder {
  readonly column: ReportColumn;
  readonly descending: boolean;
}

/** By label, as scikit-learn prints them. */
export const BY_LABEL: ReportOrder = { column: 'class', descending: false };

/** The order after a press on a column's head: the smallest first, and the other way round at the next press. */
export function orderAfter({ column, descending }: ReportOrder, pressed: ReportColumn): ReportOrder {
  return { column: pressed, descending: pressed === column && !descending };
}

/** One class with its label. */
export interface ClassScores {
  readonly label: number;
  readonly scores: Scores;
}

/** The classes, given by label, in order; those with equal figures by label, both ways. */
export function classesInOrder(
  classes: readonly Scores[],
  { column, descending }: ReportOrder,
): readonly ClassScores[] {
  const keyOf = ({ label, scores }: ClassScores) => (column === 'class' ? label : scores[column]);
  const sign = descending ? -1 : 1;
  return classes
    .map((scores, label) => ({ label, scores }))
    .toSorted((a, b) => sign * (keyOf(a) - keyOf(b)) || a.label - b.label);
}
