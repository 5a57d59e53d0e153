import { expect, test } from 'vitest';
import { nearestTo, placePoints, pointAt } from '../../../../src/ui/image/scatter.ts';

const POINTS = Float32Array.of(0, 0, 10, 0, 10, 5);

test('points lie in the middle of the plot, with one scale for both axes', () => {
  const placed = placePoints(POINTS, 116, 116);
  expect([...placed]).toEqual([8, 83, 108, 83, 108, 33]);
});

test('points that are all in one place lie in the middle', () => {
  expect([...placePoints(Float32Array.of(3, 3, 3, 3), 100, 50)]).toEqual([50, 25, 50, 25]);
});

test('the pointer finds the nearest point within reach', () => {
  const placed = placePoints(POINTS, 116, 116);
  expect(pointAt(placed, 100, 35)).toBe(2);
  expect(pointAt(placed, 50, 50)).toBeNull();
  expect(nearestTo(POINTS, 9, 1, 2)).toEqual([1, 2]);
  expect(nearestTo(POINTS, 9, 1, 9)).toEqual([1, 2, 0]);
});
