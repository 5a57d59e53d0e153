/** The range of numbers that a slider covers, in equal steps or in equal ratios. */
export interface Scale {
  readonly kind: 'linear' | 'log';
  /** Above 0 on a log scale. */
  readonly min: number;
  readonly max: number;
}

/** Where a value lies on the scale: 0 at min, 1 at max, less and more beyond them. NaN for a value that a log scale has no place for. */
export function fractionOf(value: number, { kind, min, max }: Scale): number {
  return kind === 'log' ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
}

/** Where a value lies on the scale: 0 at min, 1 at max, limited to both. */
export function toFraction(value: number, scale: Scale): number {
  return Math.min(1, Math.max(0, fractionOf(value, scale)));
}

/** The value at a fraction of the scale; the inverse of {@link toFraction}. */
export function fromFraction(fraction: number, { kind, min, max }: Scale): number {
  return kind === 'log' ? min * (max / min) ** fraction : min + fraction * (max - min);
}

/** Rounds to a number of significant digits: 31,622 becomes 32,000 at two. */
export function significant(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}
