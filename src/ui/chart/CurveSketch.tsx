import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { fromFraction, type Scale } from '../base/scale.ts';
import { useSize } from '../base/use-size.ts';
import { wholeAxis } from './axis.ts';
import type { Curve } from './curve.ts';
import { type Geometry, geometry, MARGIN } from './geometry.ts';
import './curve-sketch.css';

/** Props of {@link CurveSketch}. */
export interface CurveSketchProps {
  /** What is sketched: `Validation accuracy`. */
  readonly label: string;
  readonly figure: 'accuracy' | 'loss';
  /** The upper end of the chart. */
  readonly most: number;
  /** The points of the sketch, in rising order of epochs. */
  readonly points: Curve;
  /** What was measured, once it was. */
  readonly measured: Curve;
  readonly format: (value: number) => string;
  /** Whether the points stand where they are. */
  readonly locked: boolean;
  /** The value of a point, by its place among the points. */
  readonly onPoint: (index: number, value: number) => void;
}

/** How far an arrow key moves a point, as a share of the chart. */
const STEP = 0.02;

/** A chart on which a curve is drawn before it is measured: by pointer, or point by point with the arrow keys. */
export function CurveSketch(props: CurveSketchProps) {
  const { label, figure, most, points, measured, locked } = props;
  const [box, { width, height }] = useSize<HTMLDivElement>();
  const last = points.at(-1)?.epoch ?? 1;
  const y = wholeAxis(most);
  const x = { scale: { kind: 'linear', min: 0, max: last }, ticks: points.map(({ epoch }) => epoch) } as const;
  const at = geometry(width, height, { x, y, place: (epoch) => epoch });
  const path = (curve: Curve) => curve.map(({ epoch, value }) => `${at.x(epoch)} ${at.y(value)}`).join(' L ');
  const draw = usePen(props, at, y.scale);
  return (
    <div className={locked ? 'sketch' : 'sketch is-open'} ref={box} {...draw}>
      <svg width={width} height={height} aria-hidden="true">
        <text x={MARGIN.left} y={10}>
          {label} by epoch
        </text>
        {y.ticks.map((tick) => (
          <g key={tick}>
            <line className="sketch-grid" x1={MARGIN.left} x2={width - MARGIN.right} y1={at.y(tick)} y2={at.y(tick)} />
            <text x={MARGIN.left - 5} y={at.y(tick) + 4} textAnchor="end">
              {figure === 'accuracy' ? Math.round(100 * tick) : tick}
            </text>
          </g>
        ))}
        {points.map(({ epoch }) => (
          <text key={epoch} x={at.x(epoch)} y={height - 5} textAnchor="middle">
            {epoch}
          </text>
        ))}
        {points.length > 0 && <path className="sketch-drawn" d={`M ${path(points)}`} />}
        {points.map(({ epoch, value }) => (
          <circle key={epoch} className="sketch-point" cx={at.x(epoch)} cy={at.y(value)} r={5} />
        ))}
        {measured.length > 0 && <path className="sketch-measured" d={`M ${path(measured)}`} />}
      </svg>
      <Handles {...props} at={at} label={label} />
    </div>
  );
}

/** A native range for each point: for the keyboard and for screen readers. */
function Handles({ label, points, format, locked, onPoint, at, most }: CurveSketchProps & { readonly at: Geometry }) {
  const row = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent, index: number) => {
    const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const up = { ArrowDown: -1, ArrowUp: 1, PageDown: -5, PageUp: 5 }[event.key];
    if (across === undefined && up === undefined) return;
    event.preventDefault();
    if (across !== undefined) row.current?.querySelectorAll('input')[index + across]?.focus();
    const value = (points[index]?.value ?? 0) + (up ?? 0) * STEP * most;
    if (up !== undefined) onPoint(index, Math.min(most, Math.max(0, value)));
  };
  return (
    <div ref={row}>
      {points.map(({ epoch, value }, index) => (
        <input
          key={epoch}
          type="range"
          className="sketch-handle"
          style={{ left: at.x(epoch) - 8, top: at.y(value) - 8 }}
          aria-label={`${label}, epoch ${epoch}`}
          aria-valuetext={format(value)}
          aria-orientation="vertical"
          min={0}
          max={most}
          step="any"
          value={value}
          disabled={locked}
          onChange={({ currentTarget }) => onPoint(index, currentTarget.valueAsNumber)}
          onKeyDown={(event) => move(event, index)}
        />
      ))}
    </div>
  );
}

/** While the pointer is down, the point nearest to it follows it up and down. */
function usePen({ points, locked, onPoint }: CurveSketchProps, at: Geometry, scale: Scale) {
  const isDown = useRef(false);
  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const distances = points.map(({ epoch }) => Math.abs(at.x(epoch) - (event.clientX - left)));
    const [floor, ceiling] = [at.y(scale.min), at.y(scale.max)];
    const share = Math.min(1, Math.max(0, (floor - (event.clientY - top)) / (floor - ceiling)));
    onPoint(distances.indexOf(Math.min(...distances)), fromFraction(share, scale));
  };
  if (locked) return {};
  return {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      isDown.current = true;
      event.currentTarget.setPointerCapture?.(event.pointerId);
      follow(event);
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => isDown.current && follow(event),
    onPointerUp: () => {
      isDown.current = false;
    },
    onPointerCancel: () => {
      isDown.current = false;
    },
  };
}
