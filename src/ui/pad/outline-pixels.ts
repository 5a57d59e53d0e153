import { GLYPHS } from '../base/icons.tsx';

/** Units of the glyphs' view box. */
const UNITS = 24;
const CLOTH = '#a0a0a0';
const SEAM = '#e0e0e0';
const SEAM_WIDTH = 0.9;

/** The outline of a garment class, filled: gray values [side, side], 0 as black; undefined where nothing can be drawn. */
export function outlinePixels(label: number, side: number): Uint8Array<ArrayBuffer> | undefined {
  const context = new OffscreenCanvas(side, side).getContext('2d');
  const glyph = GLYPHS[label];
  if (!context || glyph === undefined) return undefined;
  const path = new Path2D(glyph);
  context.fillRect(0, 0, side, side);
  context.scale(side / UNITS, side / UNITS);
  Object.assign(context, {
    fillStyle: CLOTH,
    strokeStyle: SEAM,
    lineWidth: SEAM_WIDTH,
    lineJoin: 'round',
    lineCap: 'round',
  });
  context.fill(path);
  context.stroke(path);
  const { data } = context.getImageData(0, 0, side, side);
  return Uint8Array.from({ length: side * side }, (_, index) => data[index * 4] ?? 0);
}
