import { toFraction } from '../base/scale.ts';
import type { Axis } from './axis.ts';
import type { Place } from './curve.ts';

/** The margins around the lines in CSS pixels: figures at the left, run numbers at the right, epochs below. */
export const MARGIN = { left: 34, right: 22, top: 16, bottom: 20 } as const;

/** Where the values of a chart lie on the screen. */
export interface Geometry {
  readonly width: number;
  readonly height: number;
  /** Where an epoch lies, in CSS pixels. */
  readonly x: (epoch: number) => number;
  /** The top edge of a value in CSS pixels, limited to the plot. */
  readonly y: (value: number) => number;
}

interface GeometryOptions {
  readonly x: Axis;
  readonly y: Axis;
  readonly place: Place;
}

/** The geometry of a plot of this size in CSS pixels. */
export function geometry(width: number, height: number, { x, y, place }: GeometryOptions): Geometry {
  const across = width - MARGIN.left - MARGIN.right;
  const down = height - MARGIN.top - MARGIN.bottom;
  return {
    width,
    height,
    x: (epoch) => MARGIN.left + toFraction(place(epoch), x.scale) * across,
    y: (value) => MARGIN.top + (1 - toFraction(value, y.scale)) * down,
  };
}
