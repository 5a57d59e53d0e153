import { lossText, percentText } from '../../core/text/number-text.ts';
import { runColour } from '../../ui/card/RunMark.tsx';
import { axisOf, PlotFrame, ROOM, SIZE, yOf } from './plot-frame.tsx';
import type { SweepFigure, Trial } from './trials.ts';

/** Props of {@link SweepPlot}. */
export interface SweepPlotProps {
  readonly trials: readonly Trial[];
  readonly figure: SweepFigure;
  readonly best: Trial | undefined;
}

/** The result against the value, the values side by side in the order in which they were named. The table says the same. */
export function SweepPlot({ trials, figure, best }: SweepPlotProps) {
  const values = trials.flatMap((trial) => (trial.best ? [trial.best[figure]] : []));
  const axis = axisOf(figure, values);
  const step = (SIZE.width - ROOM.left - ROOM.right) / trials.length;
  const points = trials.map((trial, i) => ({
    trial,
    x: ROOM.left + (i + 0.5) * step,
    y: trial.best && yOf(trial.best[figure], axis),
  }));
  const line = points.flatMap(({ x, y }) => (y === undefined ? [] : [`${x},${y}`])).join(' ');
  // Values without a number, as optimizers, have no order that a line could follow.
  const isOrdered = trials.every(({ name }) => /\d/.test(name));
  return (
    <PlotFrame figure={figure} axis={axis}>
      {isOrdered && <polyline points={line} />}
      {points.map(({ trial, x, y }) => (
        <g key={trial.name}>
          <text x={x} y={SIZE.height - 6} textAnchor="middle">
            {trial.name}
          </text>
          {y !== undefined && trial.run && <Point trial={trial} x={x} y={y} figure={figure} isBest={trial === best} />}
        </g>
      ))}
    </PlotFrame>
  );
}

interface PointProps {
  readonly trial: Trial;
  readonly x: number;
  readonly y: number;
  readonly figure: SweepFigure;
  readonly isBest: boolean;
}

function Point({ trial: { run, best }, x, y, figure, isBest }: PointProps) {
  if (run === undefined || best === undefined) return null;
  return (
    <>
      {isBest && <circle className="ring" cx={x} cy={y} r={11} />}
      <rect x={x - 7} y={y - 7} width={14} height={14} rx={3.5} style={{ fill: runColour(run.number) }} />
      <text className="t-run" x={x} y={y + 3.8} textAnchor="middle">
        {run.number}
      </text>
      <text className="t-figure" x={x} y={y - 14} textAnchor="middle">
        {figure === 'accuracy' ? percentText(best.accuracy) : lossText(best.loss)}
      </text>
    </>
  );
}
