import { expect, test } from 'vitest';
import { meanCurve } from '../../../../src/core/training/mean-curve.ts';

const curve = (...values: readonly number[]) => values.map((value, i) => ({ epoch: i + 1, value }));

test('each epoch that all curves have gets their mean, and the least and the most of them', () => {
  const { mean, low, high } = meanCurve([curve(0.5, 0.75, 0.8), curve(0.25, 0.25), curve(0.75, 0.5, 0.9)]);
  expect(mean).toEqual(curve(0.5, 0.5));
  expect(low).toEqual(curve(0.25, 0.25));
  expect(high).toEqual(curve(0.75, 0.75));
});

test('an epoch at which one of them is no number is left out', () => {
  expect(meanCurve([curve(1, Number.NaN, 3), curve(3, 2, 5)]).mean).toEqual([
    { epoch: 1, value: 2 },
    { epoch: 3, value: 4 },
  ]);
  expect(meanCurve([])).toEqual({ mean: [], low: [], high: [] });
});
