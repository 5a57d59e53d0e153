import { expect, test } from 'vitest';
import { sameShape, shapeText, sizeOf } from '../../../../src/core/network/shape.ts';

test('a shape holds the product of its extents', () => {
  expect(sizeOf([28, 28, 1])).toBe(784);
  expect(sizeOf([3, 3, 128])).toBe(1152);
  expect(sizeOf([])).toBe(1);
});

test('shapes are the same when every axis is', () => {
  expect(sameShape([28, 28, 1], [28, 28, 1])).toBe(true);
  expect(sameShape([28, 28, 1], [28, 28])).toBe(false);
  expect(sameShape([28, 28], [28, 28, 1])).toBe(false);
  expect(sameShape([28, 28, 1], [28, 28, 2])).toBe(false);
});

test('shapes read as people write them', () => {
  expect(shapeText([28, 28, 32])).toBe('28×28×32');
  expect(shapeText([5408])).toBe('5,408');
});
