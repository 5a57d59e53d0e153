import { countText, lossText, percentText, pointsText } from '../../core/text/number-text.ts';
import { runColour } from '../../ui/card/RunMark.tsx';
import { PairedDifferences } from '../PairedDifferences.tsx';
import { pairedDifferences } from '../paired-differences.ts';
import { axisOf, PlotFrame, ROOM, SIZE, yOf } from './plot-frame.tsx';
import { type Repeats, type Spread, spreadOf } from './repeats.ts';
import type { SweepFigure } from './trials.ts';

/** Props of {@link SpreadPlot}. */
export interface SpreadPlotProps {
  readonly repeats: readonly Repeats[];
  readonly figure: SweepFigure;
}

/** Repeats with several seeds: every run, their mean, and how far they scatter. No seed is better than another. */
export function SpreadPlot({ repeats, figure }: SpreadPlotProps) {
  const values = repeats.flatMap(({ trials }) => trials.flatMap(({ best }) => best?.[figure] ?? []));
  const axis = axisOf(figure, values);
  const step = (SIZE.width - ROOM.left - ROOM.right) / repeats.length;
  return (
    <>
      <PlotFrame figure={figure} axis={axis}>
        {repeats.map((group, column) => {
          const spread = spreadOf(group, figure);
          const left = ROOM.left + column * step;
          const middle = left + step / 2;
          const [from, to] = [left + step * 0.1, left + step * 0.9];
          return (
            <g key={group.name}>
              <text x={middle} y={SIZE.height - 6} textAnchor="middle">
                {group.name || `${countText(group.trials.length)} seeds`}
              </text>
              {spread !== null && (
                <>
                  <rect
                    className="spread"
                    x={from}
                    width={to - from}
                    y={yOf(spread.mean + (spread.deviation ?? 0), axis)}
                    height={
                      yOf(spread.mean - (spread.deviation ?? 0), axis) -
                      yOf(spread.mean + (spread.deviation ?? 0), axis)
                    }
                  />
                  <line className="mean" x1={from} x2={to} y1={yOf(spread.mean, axis)} y2={yOf(spread.mean, axis)} />
                </>
              )}
              {group.trials.map(({ name, run, best }, i) => {
                if (run === undefined || best === undefined) return null;
                const x = from + ((i + 0.5) / group.trials.length) * (to - from);
                const y = yOf(best[figure], axis);
                return (
                  <g key={name}>
                    <rect x={x - 7} y={y - 7} width={14} height={14} rx={3.5} style={{ fill: runColour(run.number) }} />
                    <text className="t-run" x={x} y={y + 3.8} textAnchor="middle">
                      {run.number}
                    </text>
                  </g>
                );
              })}
            </g>
          );
        })}
      </PlotFrame>
      <ul className="spreads" aria-label="Mean and spread over the seeds">
        {repeats.map((group) => (
          <li key={group.name}>
            {group.name !== '' && `${group.name}: `}
            {sentenceOf(spreadOf(group, figure), figure)}
          </li>
        ))}
      </ul>
      <PairedDifferences differences={pairedDifferences(repeats, figure)} figure={figure} />
    </>
  );
}

/** `mean 88.1 % ± 0.4 pt over 5 seeds`. */
function sentenceOf(spread: Spread | null, figure: SweepFigure): string {
  if (spread === null) return 'no result yet';
  const { mean, deviation, count } = spread;
  const value = figure === 'accuracy' ? percentText(mean) : lossText(mean);
  if (deviation === null) return `${value} with one seed`;
  const scatter = figure === 'accuracy' ? pointsText(deviation) : lossText(deviation);
  return `mean ${value} ± ${scatter} (standard deviation) over ${countText(count)} seeds`;
}
