import { decimalText, lossText, percentText } from '../../core/text/number-text.ts';
import { toFraction } from '../../ui/base/scale.ts';
import { runColour } from '../../ui/card/RunMark.tsx';
import { type Axis, accuracyAxis, lossAxis } from '../../ui/chart/axis.ts';
import type { SweepFigure, Trial } from './trials.ts';

/** Props of {@link SweepPlot}. */
export interface SweepPlotProps {
  readonly trials: readonly Trial[];
  readonly figure: SweepFigure;
  readonly best: Trial | undefined;
}

const SIZE = { width: 600, height: 220 };
const ROOM = { left: 40, right: 16, top: 22, bottom: 24 };

/** The result against the value, the values side by side in the order in which they were named. The table says the same. */
export function SweepPlot({ trials, figure, best }: SweepPlotProps) {
  const values = trials.flatMap((trial) => (trial.best ? [trial.best[figure]] : []));
  const axis = figure === 'accuracy' ? accuracyAxis(values) : lossAxis(values);
  const step = (SIZE.width - ROOM.left - ROOM.right) / trials.length;
  const points = trials.map((trial, i) => ({
    trial,
    x: ROOM.left + (i + 0.5) * step,
    y: trial.best && yOf(trial.best[figure], axis),
  }));
  const line = points.flatMap(({ x, y }) => (y === undefined ? [] : [`${x},${y}`])).join(' ');
  return (
    <svg className="sweep-plot" viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} aria-hidden="true">
      {axis.ticks.map((tick) => (
        <g key={tick}>
          <line
            className="grid"
            x1={ROOM.left}
            x2={SIZE.width - ROOM.right}
            y1={yOf(tick, axis)}
            y2={yOf(tick, axis)}
          />
          <text x={ROOM.left - 8} y={yOf(tick, axis) + 4} textAnchor="end">
            {figure === 'accuracy' ? Math.round(tick * 1000) / 10 : decimalText(tick, 1)}
          </text>
        </g>
      ))}
      <polyline points={line} />
      {points.map(({ trial, x, y }) => (
        <g key={trial.name}>
          <text x={x} y={SIZE.height - 6} textAnchor="middle">
            {trial.name}
          </text>
          {y !== undefined && trial.run && <Point trial={trial} x={x} y={y} figure={figure} isBest={trial === best} />}
        </g>
      ))}
    </svg>
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

function yOf(value: number, { scale }: Axis): number {
  return ROOM.top + (1 - toFraction(value, scale)) * (SIZE.height - ROOM.top - ROOM.bottom);
}
