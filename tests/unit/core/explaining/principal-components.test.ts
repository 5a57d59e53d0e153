import { describe, expect, test } from 'vitest';
import { principalComponents } from '../../../../src/core/explaining/principal-components.ts';

/** Rows that are sums of fixed orthogonal directions, so that the answer is known. */
function rowsAlong(directions: readonly (readonly number[])[], places: readonly (readonly number[])[]): Float32Array {
  return Float32Array.from(
    places.flatMap((place) =>
      (directions[0] ?? []).map((_, i) => directions.reduce((sum, one, k) => sum + (one[i] ?? 0) * (place[k] ?? 0), 5)),
    ),
  );
}

describe('principalComponents', () => {
  test('finds known directions and places, the widest first', () => {
    // Orthonormal; the places have mean 0, no covariance, and variances 8, 2 and 0.
    const directions = [
      [0.6, 0.8, 0],
      [0.8, -0.6, 0],
    ];
    const places = [
      [4, 0],
      [-4, 0],
      [0, 2],
      [0, -2],
    ];
    const { points, explained } = principalComponents(rowsAlong(directions, places), 3);
    expect(explained[0]).toBeCloseTo(0.8, 6);
    expect(explained[1]).toBeCloseTo(0.2, 6);
    expect([...points].map((value) => Math.round(value * 1e5) / 1e5 + 0)).toEqual(
      places.flat().map((value) => value + 0),
    );
  });

  test('is as exact with nearly equal variances and many values', () => {
    const width = 40;
    const angle = (k: number, i: number) =>
      Math.sqrt((k === 0 ? 1 : 2) / width) * Math.cos((Math.PI * k * (i + 0.5)) / width);
    const directions = Array.from({ length: width }, (_, k) => Array.from({ length: width }, (_, i) => angle(k, i)));
    const spreads = directions.map((_, k) => (k === 3 ? 1.05 : k === 7 ? 1.04 : 1 / (1.1 + k)));
    const places = directions.flatMap((_, k) => [1, -1].map((sign) => spreads.map((s, j) => (j === k ? sign * s : 0))));
    const { points, explained } = principalComponents(rowsAlong(directions, places), width);
    const total = spreads.reduce((sum, s) => sum + s * s, 0);
    expect(explained[0]).toBeCloseTo(1.05 ** 2 / total, 6);
    expect(explained[1]).toBeCloseTo(1.04 ** 2 / total, 6);
    expect(Math.abs(points[2 * 6] ?? 0)).toBeCloseTo(1.05, 4);
    expect(Math.abs(points[2 * 14 + 1] ?? 0)).toBeCloseTo(1.04, 4);
    expect(Math.abs(points[2 * 14] ?? 1)).toBeLessThan(1e-4);
  });

  test('samples that are all the same lie in one place', () => {
    const { points, explained } = principalComponents(new Float32Array(12).fill(3), 4);
    expect([...points].every((value) => value === 0)).toBe(true);
    expect(explained).toEqual([0, 0]);
  });

  test('one value a sample has one direction', () => {
    const { points } = principalComponents(Float32Array.of(1, 3), 1, 2);
    expect([...points]).toEqual([-1, 0, 1, 0]);
  });
});
