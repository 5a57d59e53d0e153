import { describe, expect, test } from 'vitest';
import { readNumber, stepNumber } from '../../../../src/ui/form/number.ts';

const filters = { min: 1, max: 1024, integer: true, noun: ['filter', 'filters'] } as const;
const rate = { min: 1e-5, max: 1 };

describe('readNumber', () => {
  test('reads commas, spaces, exponents and the typographic minus', () => {
    expect(readNumber('1,024', filters)).toEqual({ value: 1024 });
    expect(readNumber(' 3e-4 ', rate)).toEqual({ value: 0.0003 });
    expect(readNumber('−2', { min: -5, max: 5 })).toEqual({ value: -2 });
  });

  test('says what would be right when the text is no number', () => {
    expect(readNumber('', filters)).toEqual({ error: 'Enter a number from 1 to 1,024.' });
    expect(readNumber('lots', rate)).toEqual({ error: 'Enter a number from 0.00001 to 1.' });
    expect(readNumber('Infinity', rate)).toEqual({ error: 'Enter a number from 0.00001 to 1.' });
  });

  test('says what is counted when a number is out of bounds', () => {
    expect(readNumber('0', filters)).toEqual({ error: 'At least 1 filter.' });
    expect(readNumber('4096', filters)).toEqual({ error: 'At most 1,024 filters.' });
    expect(readNumber('2', rate)).toEqual({ error: 'At most 1.' });
  });

  test('refuses fractions where whole numbers are wanted', () => {
    expect(readNumber('1.5', filters)).toEqual({ error: 'Whole numbers only.' });
  });
});

describe('stepNumber', () => {
  const steps = [1e-4, 3e-4, 1e-3, 3e-3];

  test('goes to the next sensible value from on or between the list', () => {
    expect(stepNumber(1e-3, -1, false, { ...rate, steps })).toBe(3e-4);
    expect(stepNumber(2e-3, 1, false, { ...rate, steps })).toBe(3e-3);
    expect(stepNumber(2e-3, -1, false, { ...rate, steps })).toBe(1e-3);
  });

  test('stays at the ends of the list', () => {
    expect(stepNumber(3e-3, 1, false, { ...rate, steps })).toBe(3e-3);
    expect(stepNumber(3e-3, -1, true, { ...rate, steps })).toBe(1e-4);
  });

  test('goes ten times as far with Shift and stays within the limits', () => {
    expect(stepNumber(5, 1, true, { min: 0, max: 100 })).toBe(15);
    expect(stepNumber(5, -1, true, { min: 0, max: 100 })).toBe(0);
    expect(stepNumber(0.1, 1, false, { min: 0, max: 1, step: 0.2 })).toBe(0.3);
  });
});
