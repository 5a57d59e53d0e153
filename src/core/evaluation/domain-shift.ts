import { countOf } from '../text/nouns.ts';
import { percentText } from '../text/number-text.ts';

const SAMPLES = { one: 'sample', many: 'samples' };

/** From and to, both from 0 to 1. */
export type Interval = readonly [low: number, high: number];

/** The normal distribution has 95 % of its mass within so many standard deviations. */
const Z = 1.959964;

/**
 * Between which shares the true one lies with a probability of 95 %, where so many of so many were right (Wilson, 1927, the
 * score interval). `total` is above 0.
 *
 * @internal Exported for the tests.
 */
export function wilsonInterval(right: number, total: number): Interval {
  const [share, square] = [right / total, Z ** 2];
  const centre = (share + square / (2 * total)) / (1 + square / total);
  const reach = (Z * Math.sqrt((share * (1 - share)) / total + square / (4 * total ** 2))) / (1 + square / total);
  return [Math.max(0, centre - reach), Math.min(1, centre + reach)];
}

/**
 * What the results on a few samples of one's own say beside those on the test set. `tested`: the share of the test set that
 * was right; null where it was not tested.
 */
export function shiftText(right: number, total: number, tested: number | null): string {
  const [low, high] = wilsonInterval(right, total);
  const found = `${right} of ${countOf(total, SAMPLES)} right: ${percentText(right / total)}.`;
  const chance = `With ${countOf(total, SAMPLES)}, the true share may be anything from ${percentText(low, 0)} to ${percentText(high, 0)}`;
  if (tested === null) return `${found} ${chance}.`;
  const beside = `On the test set it is ${percentText(tested)}.`;
  if (tested > high) {
    return `${found} ${beside} That is more than chance explains: yours differ from what it was trained on, which is called a domain shift.`;
  }
  if (tested < low) return `${found} ${beside} Yours are easier for it than the test set.`;
  return `${found} ${beside} ${chance}, so this is no difference yet.`;
}
