import { expect, test } from 'vitest';
import { pairedTest, tailsOfT } from '../../../../src/core/evaluation/paired.ts';
import scipy from '../../../fixtures/sklearn/paired-differences.json' with { type: 'json' };

test.each(scipy.differences.map((values, i) => [values, i] as const))(
  'differences %j as scipy has them',
  (values, i) => {
    const tested = pairedTest(values);
    expect(tested?.t).toBeCloseTo(scipy.statistics[i] ?? Number.NaN, 10);
    expect(tested?.p).toBeCloseTo(scipy.p[i] ?? Number.NaN, 10);
    expect(tested?.count).toBe(values.length);
  },
);

test.each(scipy.tails)('beyond %d with %d degrees of freedom lies %d', (t = 0, degrees = 0, tails = 0) => {
  expect(tailsOfT(t, degrees) / tails).toBeCloseTo(1, 9);
  expect(tailsOfT(-t, degrees)).toBe(tailsOfT(t, degrees));
});

test('nothing can be said of one pair, and of differences that are all the same', () => {
  expect(pairedTest([0.1])).toBeNull();
  expect(pairedTest([])).toBeNull();
  expect(pairedTest([0.1, 0.1, 0.1])).toBeNull();
});
