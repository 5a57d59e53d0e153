/**
 * The middle value; with an even number of them, the mean of the two in the middle.
 *
 * @param {readonly number[]} values
 * @returns {number} NaN where there is no value.
 */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * How far the values lie apart: the interquartile range as a share of the median.
 *
 * @param {readonly number[]} values
 * @returns {number} NaN where there is no value.
 */
export function spread(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / median(sorted);
}

/**
 * @param {readonly number[]} sorted
 * @param {number} share
 * @returns {number} between two values, the line that joins them.
 */
function quantile(sorted, share) {
  const position = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
  return low === undefined || high === undefined ? Number.NaN : low + (high - low) * (position % 1);
}

/**
 * The medians of many measurements, figure by figure.
 *
 * @template {string} Figure
 * @param {readonly Record<Figure, number>[]} measurements
 * @param {readonly Figure[]} figures
 * @returns {Record<Figure, number>}
 */
export function medians(measurements, figures) {
  const entries = figures.map((figure) => [figure, median(measurements.map((one) => one[figure]))]);
  return Object.fromEntries(entries);
}
