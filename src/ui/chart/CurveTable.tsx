import { useState } from 'react';
import { capitalised } from '../../core/text/count-words.ts';
import { countText } from '../../core/text/number-text.ts';
import { Button } from '../form/Button.tsx';
import type { Ghost } from './curve.ts';
import { type EpochFigures, ghostName, ghostText } from './readout.ts';
import '../matrix/report.css';

/** Props of {@link CurveTable}. */
export interface CurveTableProps {
  readonly name: string;
  readonly figures: readonly EpochFigures[];
  readonly ghosts: readonly Ghost[];
  readonly format: (value: number) => string;
}

/** More rows than these show only when they are asked for: a browser takes long for a thousand. */
const ROWS = 200;

/** The figures of a chart as a table, an epoch a row: of a long run the newest ones, and all of them on request. */
export function CurveTable({ figures, ...props }: CurveTableProps) {
  const [all, setAll] = useState(false);
  const shown = all ? figures : figures.slice(-ROWS);
  return (
    <>
      {shown.length < figures.length && (
        <p className="curve-table-rest">
          {`The last ${ROWS} of ${countText(figures.length)} epochs. `}
          <Button variant="outline" size="sm" onClick={() => setAll(true)}>
            {`Show all ${countText(figures.length)}`}
          </Button>
        </p>
      )}
      <Table {...props} figures={shown} />
    </>
  );
}

function Table({ name, figures, ghosts, format }: CurveTableProps) {
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
          {ghosts.map((ghost) => (
            <th key={ghost.run} scope="col">
              {capitalised(ghostName(ghost))}
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
            {ghosts.map((ghost, index) => {
              const value = line.ghosts[index];
              return <td key={ghost.run}>{value !== undefined && ghostText(ghost, value, line.epoch, format)}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
