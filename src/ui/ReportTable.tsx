import type { ReactNode } from 'react';
import type { ClassificationReport, Scores } from '../core/metrics.ts';
import { classNames } from './class-names.ts';
import { formatCount, formatScore } from './format.ts';
import { ClassGlyph } from './Icon.tsx';
import './report.css';

/** Props of {@link ReportTable}. */
export interface ReportTableProps {
  /** Class names in the order of their labels. */
  readonly classes: readonly string[];
  readonly report: ClassificationReport;
}

/** Precision, recall, F1 and support of every class, and their averages. The class with the lowest F1 stands out. */
export function ReportTable({ classes, report }: ReportTableProps) {
  const seen = report.classes.filter(({ support }) => support > 0);
  const lowest = Math.min(...seen.map(({ f1 }) => f1));
  return (
    <table className="report" aria-label="Classification report">
      <thead>
        <tr>
          {['Class', 'Precision', 'Recall', 'F1', 'Support'].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {report.classes.map((scores, label) => (
          <ScoresRow
            key={classes[label]}
            scores={scores}
            className={classNames(seen.includes(scores) && scores.f1 === lowest && 'low')}
          >
            <ClassGlyph label={label} />
            {classes[label]}
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
      <td>{formatScore(precision)}</td>
      <td>{formatScore(recall)}</td>
      <td className="f1">
        <span className="track">
          <i style={{ width: `${f1 * 100}%` }} />
        </span>
        {formatScore(f1)}
      </td>
      <td>{formatCount(support)}</td>
    </tr>
  );
}
