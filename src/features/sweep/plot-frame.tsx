import type { ReactNode } from 'react';
import { decimalText } from '../../core/text/number-text.ts';
import { toFraction } from '../../ui/base/scale.ts';
import { type Axis, accuracyAxis, lossAxis } from '../../ui/chart/axis.ts';
import type { SweepFigure } from './trials.ts';

export const SIZE = { width: 600, height: 220 };
export const ROOM = { left: 40, right: 16, top: 22, bottom: 24 };

/** The axis that has room for some results. */
export function axisOf(figure: SweepFigure, values: readonly number[]): Axis {
  return figure === 'accuracy' ? accuracyAxis(values) : lossAxis(values);
}

/** How far down a result lies. */
export function yOf(value: number, { scale }: Axis): number {
  return ROOM.top + (1 - toFraction(value, scale)) * (SIZE.height - ROOM.top - ROOM.bottom);
}

/** Props of {@link PlotFrame}. */
export interface PlotFrameProps {
  readonly figure: SweepFigure;
  readonly axis: Axis;
  readonly children: ReactNode;
}

/** The axis of a plot of results, with its grid. The table says the same as the plot. */
export function PlotFrame({ figure, axis, children }: PlotFrameProps) {
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
      {children}
    </svg>
  );
}
