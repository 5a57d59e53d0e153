import type { Ghost } from './curve.ts';
import type { EpochFigures } from './readout.ts';
import '../matrix/report.css';

/** Props of {@link CurveTable}. */
export interface CurveTableProps {
  readonly name: string;
  readonly figures: readonly EpochFigures[];
  readonly ghosts: readonly Ghost[];
  readonly format: (value: number) => string;
}

/** The figures of a chart as a table, an epoch a row. */
export function CurveTable({ name, figures, ghosts, format }: CurveTableProps) {
  const show = (value: number | undefined) => (value === undefined ? '' : format(value));
  const hasJudged = figures.some(({ judged }) => judged !== undefined);
  return (
    <table className="report curve-table" aria-label={`${name} by epoch`}>
      <thead>
        <tr>
          <th scope="col">Epoch</th>
          <th scope="col">Training mean</th>
          <th scope="col">Validation</th>
          {hasJudged && <th scope="col">Training sample</th>}
          {ghosts.map(({ run }) => (
            <th key={run} scope="col">
              Run {run}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {figures.map((line) => (
          <tr key={line.epoch}>
            <th scope="row">{line.epoch}</th>
            <td>{show(line.training)}</td>
            <td>{show(line.validation)}</td>
            {hasJudged && <td>{show(line.judged)}</td>}
            {ghosts.map(({ run }, index) => (
              <td key={run}>{show(line.ghosts[index])}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
