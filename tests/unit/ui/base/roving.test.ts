import { expect, test } from 'vitest';
import { nextItem } from '../../../../src/ui/base/roving.ts';

test('arrow keys walk a row and wrap round its ends', () => {
  expect(nextItem('ArrowRight', 0, 5)).toBe(1);
  expect(nextItem('ArrowRight', 4, 5)).toBe(0);
  expect(nextItem('ArrowLeft', 0, 5)).toBe(4);
});

test('Home and End lead to the ends', () => {
  expect(nextItem('Home', 3, 5)).toBe(0);
  expect(nextItem('End', 0, 5)).toBe(4);
});

test('a row leaves up and down alone, a column left and right', () => {
  expect(nextItem('ArrowDown', 1, 5)).toBeUndefined();
  expect(nextItem('ArrowRight', 1, 5, 'column')).toBeUndefined();
  expect(nextItem('ArrowUp', 1, 5, 'column')).toBe(0);
  expect(nextItem('a', 1, 5, 'both')).toBeUndefined();
});
