import type { Size } from '../../core/imaging/resize.ts';

/** About how many pixels a pad has along each side. */
const PAD_SIDE = 280;

/** The side of a square pad on which every pixel of an image of this size covers a square of whole pixels. */
export function padSideFor({ width, height }: Size): number {
  const longest = Math.max(width, height);
  return longest * Math.max(1, Math.round(PAD_SIDE / longest));
}

/**
 * An image [height, width] in the middle of a drawing [side, side]: every pixel becomes a square, and nothing is smoothed.
 * `side`: from {@link padSideFor}.
 */
export function enlarged(image: ArrayLike<number>, { width, height }: Size, side: number): Uint8Array<ArrayBuffer> {
  const scale = side / Math.max(width, height);
  const [left, top] = [(side - width * scale) / 2, (side - height * scale) / 2];
  return Uint8Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [Math.floor(((i % side) - left) / scale), Math.floor((Math.floor(i / side) - top) / scale)];
    return x >= 0 && x < width && y >= 0 && y < height ? (image[y * width + x] ?? 0) : 0;
  });
}
