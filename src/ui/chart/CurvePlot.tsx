import { memo } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, XAxis, type XAxisTickContentProps, YAxis } from 'recharts';
import { countText } from '../../core/text/number-text.ts';
import { runColour } from '../card/RunMark.tsx';
import type { Axis } from './axis.ts';
import type { Horizontal, PlacedPoint } from './curve.ts';
import { MARGIN } from './geometry.ts';
import { placeText } from './place-text.ts';
import type { PreparedCurves } from './prepare.ts';

/** Props of {@link CurvePlot}; pass the same objects until something changes, because new objects redraw the plot. */
export interface CurvePlotProps {
  readonly curves: PreparedCurves;
  readonly width: number;
  readonly height: number;
  readonly format: (value: number) => string;
  /** The id of a pattern that hatches the gap. */
  readonly hatch: string;
}

const DOT = { r: 2.4, className: 'd-val', clipDot: false };
/** Below the lines of the run, which recharts draws at 400, also where the ghost came later. */
const BEHIND = 350;
const STILL = { isAnimationActive: false, activeDot: false, type: 'linear', legendType: 'none' } as const;

/** Axes and lines, drawn by recharts. It is a module of its own, loaded on demand, because recharts is large. */
export const CurvePlot = memo(function CurvePlot({ curves, width, height, format, hatch }: CurvePlotProps) {
  const { unit, samples, x, y, raw, training, judged, validation, ghosts, gap } = curves;
  return (
    <ComposedChart width={width} height={height} margin={{ ...MARGIN, left: 0, bottom: 0 }} accessibilityLayer={false}>
      <CartesianGrid vertical={false} />
      <XAxis
        type="number"
        dataKey="x"
        domain={[x.scale.min, x.scale.max]}
        ticks={[...x.ticks]}
        interval={0}
        height={MARGIN.bottom}
        tickLine={false}
        tick={(tick: XAxisTickContentProps) => <HorizontalTick {...tick} axis={{ unit, samples }} />}
        allowDataOverflow
      />
      <YAxis
        type="number"
        scale={y.scale.kind}
        domain={[y.scale.min, y.scale.max]}
        ticks={[...y.ticks]}
        interval={0}
        width={MARGIN.left}
        tickLine={false}
        axisLine={false}
        tickFormatter={format}
        allowDataOverflow
      />
      {gap.length > 0 && <Area {...STILL} data={[...gap]} dataKey="range" className="gap" stroke="none" />}
      {gap.length > 0 && (
        <Area {...STILL} data={[...gap]} dataKey="range" fill={`url(#${hatch})`} fillOpacity={1} stroke="none" />
      )}
      {ghosts.map(({ run, validation: ghost, pinned }) => (
        <Line
          {...STILL}
          key={run}
          zIndex={BEHIND}
          data={nearAxis(ghost, y)}
          dataKey="value"
          className={pinned ? 'ghost pin' : 'ghost'}
          stroke={runColour(run)}
          dot={false}
        />
      ))}
      <Line {...STILL} data={nearAxis(raw, y)} dataKey="value" className="raw" dot={false} />
      <Line {...STILL} data={nearAxis(judged, y)} dataKey="value" className="l-judged" dot={false} />
      <Line {...STILL} data={nearAxis(training, y)} dataKey="value" className="l-train" dot={false} />
      <Line {...STILL} data={nearAxis(validation, y)} dataKey="value" className="l-val" dot={DOT} />
    </ComposedChart>
  );
});

/**
 * The points of a line; those beyond the axis lie at most ten times its length away, since a browser draws no line to 1e30.
 */
function nearAxis(points: readonly PlacedPoint[], { scale: { min, max } }: Axis): PlacedPoint[] {
  const far = max + 10 * (max - min);
  return points.map((point) => (point.value > far ? { ...point, value: far } : point));
}

/** The last mark says what the axis counts: `epoch 15`. */
function HorizontalTick({
  x,
  y,
  index,
  payload,
  visibleTicksCount,
  axis,
}: XAxisTickContentProps & { readonly axis: Pick<Horizontal, 'unit' | 'samples'> }) {
  const last = index === visibleTicksCount - 1;
  const value = Number(payload.value);
  return (
    <text x={x} y={y} dx={last ? 4 : 0} dy={6} textAnchor={last ? 'end' : 'middle'}>
      {last ? placeText(axis, value) : countText(value)}
    </text>
  );
}
