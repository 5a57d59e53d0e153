import { newCanvas } from '../base/new-canvas.ts';

/** The units that outlines are drawn on. */
const UNITS = 24;
const INSIDE = '#b4b4b4';
const LINE = '#8c8c8c';
const LINE_WIDTH = 0.9;

/**
 * An outline, a path on 24 by 24 units, filled: gray values [side, side], 0 as black; undefined where the browser gives no
 * canvas.
 */
export function outlinePixels(outline: string, side: number): Uint8Array<ArrayBuffer> | undefined {
  const context = newCanvas(side, side).getContext('2d');
  if (!context) return undefined;
  const path = new Path2D(outline);
  context.fillRect(0, 0, side, side);
  context.scale(side / UNITS, side / UNITS);
  Object.assign(context, {
    fillStyle: INSIDE,
    strokeStyle: LINE,
    lineWidth: LINE_WIDTH,
    lineJoin: 'round',
    lineCap: 'round',
  });
  context.fill(path);
  context.stroke(path);
  const { data } = context.getImageData(0, 0, side, side);
  return Uint8Array.from({ length: side * side }, (_, index) => data[index * 4] ?? 0);
}
