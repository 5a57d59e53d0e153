import type { ReactNode } from 'react';
import type { ClassificationReport, Scores } from '../../core/evaluation/metrics.ts';
import { countText, scoreText } from '../../core/text/number-text.ts';
import { classNames } from '../base/class-names.ts';
import { ClassGlyph, Icon } from '../base/Icon.tsx';
import { classesInOrder, orderAfter, type ReportColumn, type ReportOrder } from './report-order.ts';
import './report.css';

/** Props of {@link ReportTable}. */
export interface ReportTableProps {
  /** Class names in the order of their labels. */
  readonly classes: readonly string[];
  /** The outline of each class, a path on 24 by 24 units; null where there are none. */
  readonly outlines: readonly string[] | null;
  readonly report: ClassificationReport;
  readonly order: ReportOrder;
  readonly onOrder: (order: ReportOrder) => void;
}

const COLUMNS: readonly { readonly column: ReportColumn; readonly title: string }[] = [
  { column: 'class', title: 'Class' },
  { column: 'precision', title: 'Precision' },
  { column: 'recall', title: 'Recall' },
  { column: 'f1', title: 'F1' },
  { column: 'support', title: 'Support' },
];

/**
 * Precision, recall, F1 and support of every class, sorted by a press on a column's head, and at the foot their averages.
 * The class with the lowest F1 stands out.
 */
export function ReportTable({ classes, outlines, report, order, onOrder }: ReportTableProps) {
  const seen = report.classes.filter(({ support }) => support > 0);
  const lowest = Math.min(...seen.map(({ f1 }) => f1));
  return (
    <table className="report" aria-label="Classification report">
      <thead>
        <tr>
          {COLUMNS.map(({ column, title }) => (
            <th key={column} scope="col" aria-sort={sortOf(order, column)}>
              <button type="button" onClick={() => onOrder(orderAfter(order, column))}>
                <Icon name="down" />
                {title}
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {classesInOrder(report.classes, order).map(({ label, scores }) => (
          <ScoresRow
            key={classes[label]}
            scores={scores}
            className={classNames(seen.includes(scores) && scores.f1 === lowest && 'low')}
          >
            {outlines !== null && <ClassGlyph outline={outlines[label]} />}
            <span className="name">{classes[label]}</span>
          </ScoresRow>
        ))}
      </tbody>
      <tbody className="averages">
        {averages(report).map(([name, scores]) => (
          <ScoresRow key={name} scores={scores} className="avg">
            {name}
          </ScoresRow>
        ))}
      </tbody>
    </table>
  );
}

/** The sort order of a column for screen readers; only one column sorts. */
function sortOf(order: ReportOrder, column: ReportColumn) {
  if (order.column !== column) return undefined;
  return order.descending ? 'descending' : 'ascending';
}

function averages({ micro, macro, weighted, samples }: ClassificationReport): readonly (readonly [string, Scores])[] {
  const rows = [
    ['Micro avg.', micro],
    ['Macro avg.', macro],
    ['Weighted avg.', weighted],
  ] as const;
  return samples ? [...rows, ['Samples avg.', samples]] : rows;
}

interface ScoresRowProps {
  readonly scores: Scores;
  readonly className: string;
  readonly children: ReactNode;
}

function ScoresRow({ scores: { precision, recall, f1, support }, className, children }: ScoresRowProps) {
  return (
    <tr className={className}>
      <th scope="row">
        <div>{children}</div>
      </th>
      <td>{scoreText(precision)}</td>
      <td>{scoreText(recall)}</td>
      <td className="f1">
        <span className="track">
          <i style={{ width: `${f1 * 100}%` }} />
        </span>
        {scoreText(f1)}
      </td>
      <td>{countText(support)}</td>
    </tr>
  );
}
