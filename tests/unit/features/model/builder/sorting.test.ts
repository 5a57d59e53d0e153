import { expect, test } from 'vitest';
import { gapUnder, offsets } from '../../../../../src/features/model/builder/sorting.ts';

const HEIGHTS = [40, 40, 100, 40];

test('a card passes another when it covers its half', () => {
  expect(gapUnder(HEIGHTS, 0, 20)).toBe(0);
  expect(gapUnder(HEIGHTS, 0, 21)).toBe(1);
  expect(gapUnder(HEIGHTS, 0, 90)).toBe(1);
  expect(gapUnder(HEIGHTS, 0, 91)).toBe(2);
  expect(gapUnder(HEIGHTS, 0, 1000)).toBe(3);
});

test('the same holds on the way up', () => {
  expect(gapUnder(HEIGHTS, 3, -50)).toBe(3);
  expect(gapUnder(HEIGHTS, 3, -51)).toBe(2);
  expect(gapUnder(HEIGHTS, 3, -1000)).toBe(0);
  expect(gapUnder(HEIGHTS, 2, -21)).toBe(1);
});

test('the cards that are passed make room for the one that moves, which goes as far as they are high', () => {
  expect(offsets(HEIGHTS, 0, 2)).toEqual([140, -40, -40, 0]);
  expect(offsets(HEIGHTS, 3, 1)).toEqual([0, 40, 40, -140]);
  expect(offsets(HEIGHTS, 2, 0)).toEqual([100, 100, -80, 0]);
  expect(offsets(HEIGHTS, 1, 1)).toEqual([0, 0, 0, 0]);
});
