import type { Change } from './drawing-changes.ts';
import { ODD_DISTANCES } from './oddity-table.ts';

/**
 * How unlike the data an image is: its distance to the nearest training image, against the same of the 10,000 test
 * images. A plain distance would let faint outlines through, which lie close to the nearly empty images, and a distance
 * relative to the image's own brightness would let noise through; their geometric mean stops both (see
 * `oddity-table.ts`).
 */

/** From this percentile of the test images on, a drawing counts as odd. */
export const ODD_PERCENTILE = 95;

/** A change is offered when it brings a drawing at least this many percentiles closer. */
const WORTHWHILE = 20;

/**
 * The share of test images, in percent, that lie no farther from the training images than this one. `pixels`: [784];
 * `distance`: to the nearest training image, the root of the mean squared difference of two pixels.
 */
export function oddityOf(pixels: Uint8Array, distance: number): number {
  return percentileIn(ODD_DISTANCES, oddDistance(pixels, distance));
}

/**
 * The geometric mean of a distance and of its ratio to the image's own brightness, both as root mean squares.
 *
 * @internal Exported for `npm run calibrate`.
 */
export function oddDistance(pixels: Uint8Array, distance: number): number {
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
 * The change that brings an odd drawing closest to the data; null where it is not odd or nothing helps by 20 percentiles.
 * `percentile`: the drawing's; `changed`: those of its candidates.
 */
export function helpfulChange(
  percentile: number,
  changed: readonly { readonly change: Change; readonly percentile: number }[],
): Change | null {
  if (percentile < ODD_PERCENTILE) return null;
  const [best] = changed.toSorted((a, b) => a.percentile - b.percentile);
  return best !== undefined && percentile - best.percentile >= WORTHWHILE ? best.change : null;
}

/** What to say of a drawing: null where it is like the data. */
export function oddityText(percentile: number, change: Change | null): string | null {
  if (percentile < ODD_PERCENTILE) return null;
  const others = percentile >= 100 ? 'any test image does' : `${Math.floor(percentile)} of 100 test images do`;
  const what = `This lies farther from all training images than ${others}, so the answer means little.`;
  return change === null ? what : `${what} ${HELP[change]}`;
}

const HELP: { readonly [Name in Change]: string } = {
  mirrored: 'Mirrored, it would be closer: the shoes of the data set all point to the left.',
  centred: 'In the middle, it would be closer.',
  enlarged: 'Larger, it would be closer: garments touch the border.',
  filled: 'Filled, it would be closer: garments are shapes, not outlines.',
};
