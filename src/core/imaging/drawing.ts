import { filledOutline } from './outline-fill.ts';
import { type Box, centred, fittedSize, type Size, scaled } from './resize.ts';

/**
 * From a drawing to what the network sees: trimmed, scaled to the size of an image, centred, as photos are. Drawings are
 * light on dark, as the images are stored, so nothing is negated; and they are not sharpened, so that an image of the data
 * set that is put on the pad and edited stays what it is.
 */

/** The smallest box around everything that is not black; null when there is nothing. `pixels`: [height, width], 0 ... 255. */
function boundsOf(pixels: Uint8Array, width: number): Box | null {
  let [left, top, right, bottom] = [width, pixels.length, 0, 0];
  pixels.forEach((value, i) => {
    if (value === 0) return;
    const [x, y] = [i % width, Math.floor(i / width)];
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x + 1), Math.max(bottom, y + 1)];
  });
  return right === 0 ? null : { left, top, right, bottom };
}

/**
 * A drawing as a gray image of the data set: trimmed, scaled by averaging areas until it fits into the image, centred.
 * `pixels`: [height, width] of the drawing, 0 ... 255; returns [size.height, size.width], or null when nothing is drawn.
 */
export function imageOf(pixels: Uint8Array, width: number, size: Size): Uint8Array<ArrayBuffer> | null {
  const box = boundsOf(pixels, width);
  if (box === null) return null;
  const fitted = fittedSize(box, size);
  const drawn = scaled({ data: pixels, width, stride: 1, channel: 0 }, box, fitted);
  return Uint8Array.from(centred(drawn, fitted, size, 0), Math.round);
}

/** A drawing as the network sees it. */
export interface SeenDrawing {
  /** [height, width], as the data set stores a sample. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** Whether the drawing is an outline, which can be filled. */
  readonly isOutline: boolean;
}

/**
 * What the network sees of a drawing; null when nothing is drawn. `pixels`: [side, side]; `fills`: whether an outline is
 * filled first.
 */
export function seenDrawing(pixels: Uint8Array, side: number, size: Size, fills: boolean): SeenDrawing | null {
  const filled = filledOutline(pixels, side);
  const image = imageOf(fills && filled !== null ? filled : pixels, side, size);
  return image === null ? null : { pixels: image, isOutline: filled !== null };
}
