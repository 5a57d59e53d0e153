import { useLayoutEffect, useRef } from 'react';
import './region-plot.css';

/** A place on the picture: shares from the left and from the bottom. */
export interface PlotPlace {
  readonly x: number;
  readonly y: number;
}

/** One axis: its name, and what stands at its ends, with the unit. */
export interface PlotAxis {
  readonly name: string;
  readonly least: string;
  readonly most: string;
}

/** Props of {@link RegionPlot}. */
export interface RegionPlotProps {
  /** What the picture says, for screen readers. */
  readonly label: string;
  /** Places along each side. */
  readonly side: number;
  /** The class of each place and how sure it is, 0 to 1: [side, side], line by line from the top. */
  readonly regions: { readonly labels: Uint8Array; readonly certainty: Float32Array };
  /** The CSS colour of each class. */
  readonly colours: readonly string[];
  readonly points: readonly (PlotPlace & { readonly label: number })[];
  /** A place that is ringed; not shown where it lies outside. */
  readonly mark: PlotPlace;
  readonly across: PlotAxis;
  readonly up: PlotAxis;
}

/** How strong the colour of an unsure and of a sure place is. */
const FAINT = 0.12;
const STRONG = 0.6;

/** Regions of classes as colours, with points over them and axes with units. */
export function RegionPlot({ label, side, regions, colours, points, mark, across, up }: RegionPlotProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, side, side);
    regions.labels.forEach((own, place) => {
      context.fillStyle = colours[own] ?? '';
      context.globalAlpha = FAINT + (STRONG - FAINT) * (regions.certainty[place] ?? 0);
      context.fillRect(place % side, Math.floor(place / side), 1, 1);
    });
  }, [side, regions, colours]);
  return (
    <figure className="regions num">
      <span className="regions-up">
        <span>{up.most}</span>
        <span className="regions-name">{up.name}</span>
        <span>{up.least}</span>
      </span>
      <div className="regions-plot" role="img" aria-label={label}>
        <canvas ref={canvas} width={side} height={side} />
        <svg aria-hidden="true">
          {points.filter(isInside).map(({ x, y, label: own }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: points are only ever drawn anew.
            <circle key={i} cx={percent(x)} cy={percent(1 - y)} r={2.2} fill={colours[own]} />
          ))}
          {isInside(mark) && <circle className="regions-mark" cx={percent(mark.x)} cy={percent(1 - mark.y)} r={6} />}
        </svg>
      </div>
      <span className="regions-across">
        <span>{across.least}</span>
        <span className="regions-name">{across.name}</span>
        <span>{across.most}</span>
      </span>
    </figure>
  );
}

function isInside({ x, y }: PlotPlace): boolean {
  return x >= 0 && x <= 1 && y >= 0 && y <= 1;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
