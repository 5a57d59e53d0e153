import { type Box, centred, fittedSize, scaled } from './resize.ts';

/**
 * From a drawing to what the network sees: trimmed, longest edge to 28, centred, as photos are. Drawings are light on
 * dark, as the images are stored, so nothing is negated; and they are not sharpened, so that an image of the data set
 * that is put on the pad and edited stays what it is.
 */

/** The smallest box around everything that is not black; null when there is nothing. `pixels`: [side, side], 0 ... 255. */
function boundsOf(pixels: Uint8Array, side: number): Box | null {
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
  const size = fittedSize(box);
  const garment = scaled({ data: pixels, width: side, stride: 1, channel: 0 }, box, size);
  return Uint8Array.from(centred(garment, size, 0), Math.round);
}
