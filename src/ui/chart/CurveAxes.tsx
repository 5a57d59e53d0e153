import { memo } from 'react';
import { CartesianGrid, ComposedChart, XAxis, type XAxisTickContentProps, YAxis } from 'recharts';
import { countText } from '../../core/text/number-text.ts';
import { useSame } from '../base/use-same.ts';
import type { Axis } from './axis.ts';
import type { Horizontal } from './curve.ts';
import { MARGIN } from './geometry.ts';
import { placeText } from './place-text.ts';

/** Props of {@link CurveAxes}. */
export interface CurveAxesProps extends Pick<Horizontal, 'unit' | 'samples'> {
  readonly x: Axis;
  readonly y: Axis;
  readonly width: number;
  readonly height: number;
  readonly format: (value: number) => string;
}

/**
 * The axes and the grid, drawn by recharts. It is a module of its own, loaded on demand, because recharts is large; and drawn again
 * only where an axis is another, because recharts takes long.
 */
export function CurveAxes({ x, y, ...others }: CurveAxesProps) {
  return <Axes {...others} x={useSameAxis(x)} y={useSameAxis(y)} />;
}

/** An axis, the same object until it is another one. */
function useSameAxis({ scale, ticks }: Axis): Axis {
  return useSame({ scale: useSame(scale), ticks: useSame(ticks) });
}

const Axes = memo(function Axes({ unit, samples, x, y, width, height, format }: CurveAxesProps) {
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
    </ComposedChart>
  );
});

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
