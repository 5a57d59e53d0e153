import { expect, test } from 'vitest';
import { median, medians, spread } from '../../../scripts/bench/statistics.mjs';

test('the median of an odd number of values is the middle one, in whatever order they come', () => {
  expect(median([9, 1, 5])).toBe(5);
});

test('the median of an even number of values lies between the two in the middle', () => {
  expect(median([1, 10, 2, 4])).toBe(3);
});

test('the median of nothing is not a number', () => {
  expect(median([])).toBeNaN();
});

test('the spread is the interquartile range as a share of the median', () => {
  expect(spread([10, 20, 30, 40, 50])).toBeCloseTo((40 - 20) / 30, 12);
});

test('quartiles between two values lie on the line between them', () => {
  expect(spread([1, 2, 3, 4])).toBeCloseTo((3.25 - 1.75) / 2.5, 12);
});

test('one outlier does not move the spread of many', () => {
  expect(spread([10, 10, 10, 10, 10, 10, 10, 900])).toBe(0);
});

test('medians are taken figure by figure', () => {
  const measurements = [
    { ms: 3, draws: 10 },
    { ms: 1, draws: 30 },
    { ms: 2, draws: 20 },
  ];
  expect(medians(measurements, ['ms', 'draws'])).toEqual({ ms: 2, draws: 20 });
});
