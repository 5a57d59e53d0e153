import { expect, test } from 'vitest';
import { smooth } from '../../../../src/ui/chart/smooth.ts';

const points = (...values: number[]) => values.map((value, index) => ({ epoch: index, value }));

test('a factor of 0 is the curve itself', () => {
  const curve = points(1, 5, 2);
  expect(smooth(curve, 0)).toBe(curve);
});

test('a level curve stays level from its first point on', () => {
  for (const { value } of smooth(points(3, 3, 3), 0.9)) expect(value).toBeCloseTo(3, 12);
  expect(smooth(points(3, 3, 3), 0.9)).toHaveLength(3);
});

test('weighs the past by the factor, corrected for the empty start', () => {
  const [first, second] = smooth(points(1, 0), 0.5);
  expect(first?.value).toBe(1);
  // Weights 0.25 and 0.5 over their sum of 0.75.
  expect(second?.value).toBeCloseTo(1 / 3, 12);
});
