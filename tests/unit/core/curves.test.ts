import { expect, test } from 'vitest';
import { lowest, meanOf, smoothed } from '../../../src/core/curves.ts';

test('a window of one keeps the curve', () => {
  expect([...smoothed(Float32Array.of(3, 1, 2), 1)]).toEqual([3, 1, 2]);
});

test('a smoothed constant is that constant from its first value on', () => {
  expect([...smoothed(Float32Array.of(2, 2, 2, 2), 10)].map((v) => v.toFixed(6))).toEqual(Array(4).fill('2.000000'));
});

test('a window of two halves the weight of each older value', () => {
  const [first, second, third] = smoothed(Float32Array.of(8, 4, 1), 2);
  expect(first).toBe(8);
  expect(second).toBeCloseTo((8 / 4 + 4 / 2) / (1 / 4 + 1 / 2), 6);
  expect(third).toBeCloseTo((8 / 8 + 4 / 4 + 1 / 2) / (7 / 8), 6);
});

test('the mean is taken over the values that are there', () => {
  expect(meanOf(Float32Array.of(1, 2, 3, 4), 1, 2)).toBe(2.5);
  expect(meanOf(Float32Array.of(1, 2, 3, 4), 3, 10)).toBe(4);
});

test('the first of equally low values is the lowest', () => {
  expect(lowest([3, 1, 2, 1])).toBe(1);
  expect(lowest([])).toBe(-1);
});
