import { type PointerEvent, useEffect, useMemo, useRef } from 'react';
import { useSize } from '../base/use-size.ts';
import { type PlacedPoints, placePoints, pointAt } from './scatter.ts';
import './scatter.css';

/** Props of {@link ScatterPlot}. */
export interface ScatterPlotProps {
  /** [n, 2]. */
  readonly points: Float32Array;
  /** What the points are, for screen readers: a picture of them cannot be read out. */
  readonly label: string;
  /** The CSS colour of each point: [n]. */
  readonly colours: readonly string[];
  /** Points that are drawn last, over the others, and larger. */
  readonly strong: (point: number) => boolean;
  readonly selected: number | null;
  /** The point under the pointer, or where the plot was pressed. */
  readonly onSelect: (point: number) => void;
}

/** Thousands of points on a canvas. */
export function ScatterPlot({ points, label, colours, strong, selected, onSelect }: ScatterPlotProps) {
  const [box, { width, height }] = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const placed = useMemo(() => placePoints(points, width, height), [points, width, height]);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || width === 0) return;
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, width, height);
    const all = colours.map((_, point) => point);
    for (const point of all.filter((each) => !strong(each))) dot(context, placed, point, colours[point] ?? '', 1.7);
    for (const point of all.filter(strong)) dot(context, placed, point, colours[point] ?? '', 2.4);
  }, [placed, colours, strong, width, height]);
  const select = (event: PointerEvent<HTMLDivElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const point = pointAt(placed, event.clientX - left, event.clientY - top);
    if (point !== null) onSelect(point);
  };
  const [x = 0, y = 0] = selected === null ? [] : placed.slice(2 * selected, 2 * selected + 2);
  return (
    <div className="scatter" ref={box} onPointerMove={select} onPointerDown={select}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        width={Math.round(width * devicePixelRatio)}
        height={Math.round(height * devicePixelRatio)}
      />
      {selected !== null && <i className="scatter-mark" style={{ left: x, top: y }} />}
    </div>
  );
}

function dot(context: CanvasRenderingContext2D, placed: PlacedPoints, point: number, colour: string, radius: number) {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(placed[2 * point] ?? 0, placed[2 * point + 1] ?? 0, radius, 0, 2 * Math.PI);
  context.fill();
}
