import { lossText, percentText } from '../../core/text/number-text.ts';
import { classNames } from '../../ui/base/class-names.ts';
import type { SweepFigure, Trial, TrialGrid } from './trials.ts';

/** Props of {@link SweepGrid}. */
export interface SweepGridProps {
  readonly grid: TrialGrid;
  readonly figure: SweepFigure;
  readonly best: Trial | undefined;
}

/** The colour strength of the best cell, in percent: text stays readable on it. */
const FULL = 45;

/** The results of every pair of values; the stronger the colour, the better. */
export function SweepGrid({ grid, figure, best }: SweepGridProps) {
  const values = grid.rows.flatMap((row) =>
    grid.columns.flatMap((column) => grid.at(row, column)?.best?.[figure] ?? []),
  );
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const strength = (value: number) => {
    const share = most === least ? 1 : (value - least) / (most - least);
    return Math.round(FULL * (figure === 'loss' ? 1 - share : share));
  };
  return (
    <table className="sweep-grid" aria-label="Result of each pair of values">
      <thead>
        <tr>
          <td />
          {grid.columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {grid.rows.map((row) => (
          <tr key={row}>
            <th scope="row">{row}</th>
            {grid.columns.map((column) => {
              const trial = grid.at(row, column);
              const value = trial?.best?.[figure];
              const colour =
                value === undefined
                  ? 'var(--sunk)'
                  : `color-mix(in oklab, var(--val) ${strength(value)}%, var(--surface))`;
              return (
                <td key={column} className={classNames(trial === best && 'best')} style={{ '--bg': colour }}>
                  {value === undefined ? '' : figure === 'accuracy' ? percentText(value) : lossText(value)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
