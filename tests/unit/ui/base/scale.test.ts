import { describe, expect, test } from 'vitest';
import { fromFraction, significant, toFraction } from '../../../../src/ui/base/scale.ts';

const rates = { kind: 'log', min: 1e-5, max: 0.1 } as const;

describe('scale', () => {
  test('puts equal ratios at equal distances on a log scale', () => {
    expect(toFraction(1e-3, rates)).toBeCloseTo(0.5, 10);
    expect(toFraction(1e-4, rates)).toBeCloseTo(0.25, 10);
  });

  test('holds values within its ends', () => {
    expect(toFraction(5, rates)).toBe(1);
    expect(toFraction(-5, { kind: 'linear', min: 0, max: 10 })).toBe(0);
  });

  test('gives back the value that a fraction stands for', () => {
    expect(fromFraction(0.75, rates)).toBeCloseTo(0.01, 10);
    expect(fromFraction(0.25, { kind: 'linear', min: 10, max: 50 })).toBe(20);
  });

  test('rounds to significant digits', () => {
    expect(significant(31_622, 2)).toBe(32_000);
    expect(significant(0.000_271_8, 2)).toBe(0.000_27);
  });
});
