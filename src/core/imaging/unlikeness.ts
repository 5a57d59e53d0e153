import type { Change } from './drawing-changes.ts';

/**
 * How unlike the data an image is: its distance to the nearest training image, against the same of the test images. A plain
 * distance would let faint outlines through, which lie close to nearly empty images, and a distance relative to the image's
 * own brightness would let noise through; their geometric mean stops both.
 */

/** What is known of the distances within a data set, and what to say of a drawing that lies farther away. */
export interface Unlikeness {
  /** Percentiles 0 ... 100 of the test images' distances to the training images, as {@link unlikenessDistance} has them. */
  readonly percentiles: readonly number[];
  /** A sentence for each change that would bring a drawing closer. */
  readonly advice: { readonly [Name in Change]: string };
}

/** From this percentile of the test images on, a drawing counts as unlike the data. */
export const UNLIKE_PERCENTILE = 95;

/** A change is offered when it brings a drawing at least this many percentiles closer. */
const WORTHWHILE = 20;

/**
 * The share of test images, in percent, that lie no farther from the training images than this one. `pixels`: its values, as
 * stored; `distance`: to the nearest training image, the root of the mean squared difference of two values.
 */
export function percentileOf(pixels: Uint8Array, distance: number, { percentiles }: Unlikeness): number {
  return percentileIn(percentiles, unlikenessDistance(pixels, distance));
}

/**
 * The geometric mean of a distance and of its ratio to the image's own brightness, both as root mean squares.
 *
 * @internal Exported for `npm run calibrate`.
 */
export function unlikenessDistance(pixels: Uint8Array, distance: number): number {
  const square = pixels.reduce((sum, value) => sum + value * value, 0) / pixels.length;
  return square === 0 ? 0 : distance / square ** 0.25;
}

/** Where a value stands among percentiles 0 ... 100, straight between two of them. */
function percentileIn(percentiles: readonly number[], value: number): number {
  const above = percentiles.findIndex((percentile) => percentile > value);
  if (above < 0) return 100;
  const [low, high] = [percentiles[above - 1], percentiles[above]];
  return low === undefined || high === undefined ? 0 : above - 1 + (value - low) / (high - low);
}

/**
 * The change that brings a drawing closest to the data; null where it is like the data or nothing helps by 20 percentiles.
 * `percentile`: the drawing's; `changed`: those of its candidates.
 */
export function helpfulChange(
  percentile: number,
  changed: readonly { readonly change: Change; readonly percentile: number }[],
): Change | null {
  if (percentile < UNLIKE_PERCENTILE) return null;
  const [best] = changed.toSorted((a, b) => a.percentile - b.percentile);
  return best !== undefined && percentile - best.percentile >= WORTHWHILE ? best.change : null;
}

/** What to say of a drawing: null where it is like the data. */
export function unlikenessText(percentile: number, change: Change | null, { advice }: Unlikeness): string | null {
  if (percentile < UNLIKE_PERCENTILE) return null;
  const others = percentile >= 100 ? 'any test image is' : `${Math.floor(percentile)} of 100 test images are`;
  const what = `This is farther from all training images than ${others}, so the answer means little.`;
  return change === null ? what : `${what} ${advice[change]}`;
}
