import { expect, test } from 'vitest';
import { CLASS_NAMES, className } from '../../../../src/core/dataset/classes.ts';
import { CLASS_COUNT, INPUT_SHAPE, sameShape, shapeText, sizeOf } from '../../../../src/core/network/shape.ts';

test('a shape holds the product of its extents', () => {
  expect(sizeOf(INPUT_SHAPE)).toBe(784);
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

test('there is a name for each of the ten classes, and for no other', () => {
  expect(CLASS_NAMES).toHaveLength(CLASS_COUNT);
  expect(className(0)).toBe('T-shirt/top');
  expect(className(9)).toBe('Ankle boot');
  expect(() => className(10)).toThrow('There is no garment class 10; labels run from 0 to 9.');
  expect(() => className(-1)).toThrow(RangeError);
});
