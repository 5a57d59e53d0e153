import { toFraction } from '../scale.ts';
import type { Axis } from './axis.ts';

/** The room around the lines in CSS pixels: figures at the left, run numbers at the right, epochs below. */
export const MARGIN = { left: 34, right: 22, top: 16, bottom: 20 } as const;

/** Where the values of a chart lie on the screen. */
export interface Geometry {
  readonly width: number;
  readonly height: number;
  /** The left edge of an epoch in CSS pixels. */
  readonly x: (epoch: number) => number;
  /** The top edge of a value in CSS pixels, held within the plot. */
  readonly y: (value: number) => number;
  /** The epoch under a place, within the axis. */
  readonly epochAt: (x: number) => number;
}

/** The geometry of a plot of this size in CSS pixels. */
export function geometry(width: number, height: number, epochs: Axis, values: Axis): Geometry {
  const across = width - MARGIN.left - MARGIN.right;
  const down = height - MARGIN.top - MARGIN.bottom;
  const last = epochs.scale.max;
  return {
    width,
    height,
    x: (epoch) => MARGIN.left + (epoch / last) * across,
    y: (value) => MARGIN.top + (1 - toFraction(value, values.scale)) * down,
    epochAt: (x) => Math.min(last, Math.max(0, ((x - MARGIN.left) / across) * last)),
  };
}
