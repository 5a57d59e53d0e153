import { useLayoutEffect, useRef } from 'react';
import { type Tiles, tileAt } from '../../core/explaining/tiles.ts';
import { classNames } from '../base/class-names.ts';
import type { Painter } from './tile-paint.ts';
import './tiles.css';

/** Props of {@link TileGrid}. */
export interface TileGridProps {
  readonly tiles: Tiles;
  /** What the tiles show together, as `32 kernels of Conv2D 1`: for screen readers they are one image. */
  readonly label: string;
  readonly paint: Painter;
  /** How many to draw at most, from the first. */
  readonly shown: number;
  /** Words below the tiles; none where they are left out. */
  readonly captions?: readonly string[] | undefined;
}

/** Small pictures side by side, with their pixels as they are. */
export function TileGrid({ tiles, label, paint, shown, captions }: TileGridProps) {
  const isRow = tiles.height * tiles.width === 1;
  const indices = Array.from({ length: Math.min(shown, tiles.count) }, (_, i) => i);
  return (
    <div className={classNames('tiles', isRow && 'tiles-row', captions && 'tiles-named')} role="img" aria-label={label}>
      {indices.map((index) => (
        <span key={index} className="tiles-one">
          <TileCanvas values={tileAt(tiles, index)} width={tiles.width} height={tiles.height} paint={paint} />
          {captions?.[index]}
        </span>
      ))}
    </div>
  );
}

/** Props of {@link TileCanvas}. */
export interface TileCanvasProps {
  /** [height, width]. */
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
  readonly paint: Painter;
  /** What it shows, where nothing around it says so. */
  readonly label?: string;
}

/** One small picture. */
export function TileCanvas({ values, width, height, paint, label }: TileCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(paint(values), width, height), 0, 0);
  }, [values, width, height, paint]);
  const style = width === height ? undefined : { '--ratio': `${width} / ${height}` };
  const name = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return <canvas {...name} ref={canvas} className="tile" style={style} width={width} height={height} />;
}
