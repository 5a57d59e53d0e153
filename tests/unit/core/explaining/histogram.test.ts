import { expect, test } from 'vitest';
import { type Histogram, histogramOf, sideBySide } from '../../../../src/core/explaining/histogram.ts';

function histogram(...values: number[]): Histogram {
  const made = histogramOf(Float32Array.from(values));
  if (made === null) throw new Error('These values have a histogram.');
  return made;
}

test('a histogram counts values from the least to the greatest', () => {
  const { low, high, mean, deviation, zeros, shares } = histogram(-1, 0, 0, 3);
  expect([low, high, mean, zeros]).toEqual([-1, 3, 0.5, 0.5]);
  expect(deviation).toBeCloseTo(1.5, 6);
  expect([shares[0], shares[shares.length / 4], shares.at(-1)]).toEqual([0.25, 0.5, 0.25]);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
});

test('values that are all the same are in one bin, and what is not a number has no histogram', () => {
  expect(histogram(2, 2).shares[0]).toBe(1);
  expect(histogramOf(Float32Array.of(1, Number.NaN))).toBeNull();
  expect(histogramOf(new Float32Array())).toBeNull();
});

test('side by side they share one range, with the greatest values on top', () => {
  const { low, high, values } = sideBySide([histogram(0, 1), histogram(0, 2, 2)], 4);
  expect([low, high]).toEqual([0, 2]);
  const column = (index: number) => [...values].filter((_, at) => at % 2 === index);
  expect(column(0)).toEqual([0, 0, 1, 1]);
  expect(column(1)).toEqual([1, 0, 0, 0.5]);
});
