import { expect } from 'vitest';
import { streamKey, uniformAt } from '../../../src/core/random.ts';

/** Numbers between -1 and 1, the same on every machine: [count]. */
export function noise(count: number, stream: number): Float32Array {
  const key = streamKey(7, 'sample', stream);
  return Float32Array.from({ length: count }, (_, i) => 2 * uniformAt(key, i) - 1);
}

/** The largest difference, relative to values above 1. */
function difference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  const errors = Array.from(actual, (value, i) => {
    const wanted = expected[i] ?? Number.NaN;
    return Math.abs(value - wanted) / Math.max(1, Math.abs(wanted));
  });
  return errors.reduce((largest, error) => Math.max(largest, error), 0);
}

/** Fails where two lists differ by more than float32 arithmetic in another order explains. NaN never passes. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 2e-5): void {
  expect(difference(actual, expected)).toBeLessThan(tolerance);
}
