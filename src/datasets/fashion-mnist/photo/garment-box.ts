import { type Picture, type Rgb, rgbAt } from '../../../core/imaging/picture.ts';
import { type Box, fittedSize } from '../../../core/imaging/resize.ts';
import { IMAGE_SIZE } from '../spec.ts';

/** The share of the largest possible distance between two colours that still counts as the same colour. */
const NEARLY_SAME = 0.05;

/** By how many pixels of the result a photo may differ from the data set's framing and still count as framed. */
const LEEWAY = 1.5;

/**
 * The part of a photo that has the garment on it; null where there is nothing. Of a photo that is framed as the data set
 * frames its images nothing is cut off: trimming parts of a pixel would only shift and blur it.
 */
export function garmentBox(photo: Picture): Box | null {
  const box = trimmedBox(photo);
  const whole = { left: 0, top: 0, right: photo.width, bottom: photo.height };
  return box !== null && isFramed(box, whole) ? whole : box;
}

/** Whether the whole is square and the garment in its middle, from edge to edge along one side. */
function isFramed(garment: Box, whole: Box): boolean {
  const { width, height } = fittedSize(whole, IMAGE_SIZE);
  const scale = IMAGE_SIZE.width / whole.right;
  const [left, right] = [garment.left * scale, (whole.right - garment.right) * scale];
  const [top, bottom] = [garment.top * scale, (whole.bottom - garment.bottom) * scale];
  const isSquare = width === height;
  const isCentred = Math.abs(left - right) <= LEEWAY && Math.abs(top - bottom) <= LEEWAY;
  return isSquare && isCentred && Math.min(left + right, top + bottom) < LEEWAY;
}

/**
 * The part of a photo that is left when each side is cut off up to the first pixel that differs from its corner: top and
 * left are compared with the upper left corner, the others with their own, as ImageMagick does.
 */
function trimmedBox(photo: Picture): Box | null {
  const { width, height } = photo;
  const differs = (x: number, y: number, corner: Rgb) => !isClose(rgbAt(photo, x, y), corner);
  const column = (corner: Rgb) => (x: number) => within(height, (y) => differs(x, y, corner));
  const row = (corner: Rgb) => (y: number) => within(width, (x) => differs(x, y, corner));
  const first = rgbAt(photo, 0, 0);
  const left = firstWhere(width, column(first));
  const top = firstWhere(height, row(first));
  const right = width - firstWhere(width, (x) => column(rgbAt(photo, width - 1, 0))(width - 1 - x));
  const bottom = height - firstWhere(height, (y) => row(rgbAt(photo, 0, height - 1))(height - 1 - y));
  return left < right && top < bottom ? { left, top, right, bottom } : null;
}

function within(count: number, condition: (at: number) => boolean): boolean {
  return firstWhere(count, condition) < count;
}

/** The first of 0 ... count - 1 that meets the condition; `count` where none does. */
function firstWhere(count: number, condition: (at: number) => boolean): number {
  for (let at = 0; at < count; at++) if (condition(at)) return at;
  return count;
}

function isClose(a: Rgb, b: Rgb): boolean {
  return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2 <= 3 * (NEARLY_SAME * 255) ** 2;
}
