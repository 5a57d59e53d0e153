import { expect, test } from 'vitest';
import { numberText } from '../../../../src/core/text/number-text.ts';

test('numbers read with thousands apart and small ones in full', () => {
  expect(numberText(542_230)).toBe('542,230');
  expect(numberText(0.000001)).toBe('0.000001');
  expect(numberText(0.9999)).toBe('0.9999');
});
