/**
 * The exponential moving average of a curve, divided by the weight that it has seen so far, so that the first values are
 * not pulled towards zero (Kingma and Ba, arXiv:1412.6980, section 3). `window`: about how many values count; 1 keeps
 * the curve as it is.
 */
export function smoothed(values: Float32Array, window: number): Float32Array<ArrayBuffer> {
  const keep = 1 - 1 / Math.max(1, window);
  const result = new Float32Array(values.length);
  let [sum, weight] = [0, 0];
  for (const [i, value] of values.entries()) {
    sum = keep * sum + (1 - keep) * value;
    weight = keep * weight + (1 - keep);
    result[i] = sum / weight;
  }
  return result;
}

/** The mean of `count` values from `start` on; NaN of none. */
export function meanOf(values: Float32Array, start: number, count: number): number {
  const part = values.subarray(start, start + count);
  return part.reduce((sum, value) => sum + value, 0) / part.length;
}

/** The position of the lowest value, the first one on a tie; -1 in an empty list. */
export function lowest(values: readonly number[]): number {
  return values.reduce((best, value, i) => (best < 0 || value < (values[best] ?? value) ? i : best), -1);
}
