import type { Series } from './series.ts';

/** The values of a long run: means of its first steps, and each of the others. */
export interface ThinnedSeries {
  readonly steps: number;
  readonly stride: number;
  readonly means: Float32Array;
  readonly rest: Series;
}

/** The sum of the values from one step to before another. */
export function sumOver({ steps, stride, means, rest }: ThinnedSeries, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < Math.min(to, steps); ) {
    const block = Math.floor(at / stride);
    const end = Math.min(to, (block + 1) * stride);
    sum += (means[block] ?? 0) * (end - at);
    at = end;
  }
  for (let at = Math.max(from, steps); at < to; at++) sum += rest[at - steps] ?? 0;
  return sum;
}
