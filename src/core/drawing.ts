import { IMAGE_BYTES } from './data-set.ts';

/**
 * From a drawing to what the network sees, by the steps of the data set's own pipeline (Xiao, Rasul and Vollgraf,
 * arXiv:1708.07747, section 2): trim, longest edge to 28, centre. Drawings are light on dark, as the images are stored,
 * so nothing is negated.
 */

/** The side of an image in pixels. */
const SIDE = 28;

/** The part of a drawing that has something on it, in pixels of the drawing; `right` and `bottom` are exclusive. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The smallest box around everything that is not black; null when there is nothing. `pixels`: [side, side], 0 ... 255. */
export function boundsOf(pixels: Uint8Array, side: number): Box | null {
  let [left, top, right, bottom] = [side, side, 0, 0];
  pixels.forEach((value, i) => {
    if (value === 0) return;
    const [x, y] = [i % side, Math.floor(i / side)];
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x + 1), Math.max(bottom, y + 1)];
  });
  return right === 0 ? null : { left, top, right, bottom };
}

/**
 * A square drawing as an image of the data set: trimmed, its longest edge scaled to 28 by averaging areas, centred.
 * `pixels`: [side, side], 0 ... 255; returns [28, 28], or null when nothing is drawn.
 */
export function imageOf(pixels: Uint8Array, side: number): Uint8Array<ArrayBuffer> | null {
  const box = boundsOf(pixels, side);
  if (box === null) return null;
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const scale = Math.max(width, height) / SIDE;
  const [left, top] = [
    box.left - offset(width / scale) * scale,
    box.top - offset(height / scale) * scale,
  ];
  const image = new Uint8Array(IMAGE_BYTES);
  for (let i = 0; i < IMAGE_BYTES; i++) {
    const [x, y] = [left + (i % SIDE) * scale, top + Math.floor(i / SIDE) * scale];
    image[i] = Math.round(areaMean(pixels, side, x, y, scale));
  }
  return image;
}

/** Whole pixels of margin before a garment of this many pixels, so that it stands in the middle. */
function offset(extent: number): number {
  return Math.floor((SIDE - Math.max(1, Math.round(extent))) / 2);
}

/** The mean of a square of the drawing; pixels at its edge count by the part that lies inside, and outside is black. */
function areaMean(pixels: Uint8Array, side: number, left: number, top: number, size: number): number {
  let sum = 0;
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(side, top + size); y++) {
    const rows = Math.min(y + 1, top + size) - Math.max(y, top);
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(side, left + size); x++) {
      const columns = Math.min(x + 1, left + size) - Math.max(x, left);
      sum += rows * columns * (pixels[y * side + x] ?? 0);
    }
  }
  return sum / size ** 2;
}
