/** How values are spread. */
export interface Histogram {
  /** The least and the greatest value; both 0 where there are none. */
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  /** The standard deviation. */
  readonly deviation: number;
  /** The share of values that are exactly 0. */
  readonly zeros: number;
  /** The share of values in each of `BINS` equal parts from `low` to `high`: [BINS]. */
  readonly shares: Float32Array<ArrayBuffer>;
}

const BINS = 48;

/** The histogram of some values; null where there are none, or where one is not a number. */
export function histogramOf(values: Float32Array): Histogram | null {
  let [low, high, sum, squares, zeros] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
    sum += value;
    squares += value * value;
    if (value === 0) zeros++;
  }
  const count = values.length;
  if (count === 0 || !Number.isFinite(sum) || !Number.isFinite(squares)) return null;
  const mean = sum / count;
  const shares = new Float32Array(BINS);
  const scale = high > low ? BINS / (high - low) : 0;
  for (const value of values) {
    const bin = Math.min(BINS - 1, Math.floor((value - low) * scale));
    shares[bin] = (shares[bin] ?? 0) + 1 / count;
  }
  const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
  return { low, high, mean, deviation, zeros: zeros / count, shares };
}

/**
 * Histograms side by side on a range that holds all of them, as densities for a picture: [bins, histograms], the greatest
 * values in the first row, each column divided by its own peak.
 */
export function sideBySide(histograms: readonly Histogram[], bins: number) {
  const low = Math.min(...histograms.map((one) => one.low));
  const high = Math.max(...histograms.map((one) => one.high));
  const values = new Float32Array(bins * histograms.length);
  histograms.forEach((one, column) => {
    const shares = onRange(one, low, high, bins);
    const most = shares.reduce((peak, share) => Math.max(peak, share), 0);
    shares.forEach((share, bin) => {
      values[(bins - 1 - bin) * histograms.length + column] = most > 0 ? share / most : 0;
    });
  });
  return { low, high, values };
}

/** The shares of a histogram in equal parts of a wider range: each of its bins is divided over those that it covers. */
function onRange({ low, high, shares }: Histogram, from: number, to: number, bins: number): Float32Array {
  const moved = new Float32Array(bins);
  const width = to > from ? (to - from) / bins : 1;
  const own = (high - low) / shares.length;
  shares.forEach((share, bin) => {
    const start = (low + bin * own - from) / width;
    const end = start + own / width;
    const first = Math.min(bins - 1, Math.floor(start));
    const last = Math.max(first, Math.min(bins - 1, Math.ceil(end) - 1));
    for (let at = first; at <= last; at++) {
      const covered = end > start ? (Math.min(end, at + 1) - Math.max(start, at)) / (end - start) : 1;
      moved[at] = (moved[at] ?? 0) + share * Math.max(0, covered);
    }
  });
  return moved;
}
