import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromFloat16, toFloat16 } from '../../../../src/core/network/float16.ts';

const there = (value: number) => toFloat16(Float32Array.of(value))[0];
const back = (half: number) => fromFloat16(Uint16Array.of(half))[0];

test.each([
  [0, 0x0000],
  [-0, 0x8000],
  [1, 0x3c00],
  [-2, 0xc000],
  [65_504, 0x7bff],
  [2 ** -14, 0x0400],
  [2 ** -24, 0x0001],
  [-(1023 * 2 ** -24), 0x83ff],
  [1 / 3, 0x3555],
  [Number.POSITIVE_INFINITY, 0x7c00],
])('%d is the half with the bits %i, by the standard', (value, half) => {
  expect(there(value)).toBe(half);
  expect(back(half)).toBeCloseTo(value, 3);
});

test('every half but those that are not a number comes back as it was', () => {
  const halves = Uint16Array.from({ length: 0x10000 }, (_, i) => i);
  const again = toFloat16(fromFloat16(halves));
  const numbers = halves.filter((half) => (half & 0x7c00) !== 0x7c00 || (half & 0x3ff) === 0);
  expect(numbers).toHaveLength(0x10000 - 2 * 1023);
  expect(numbers.filter((half) => again[half] !== half)).toHaveLength(0);
  expect(Number.isNaN(back(0x7e00))).toBe(true);
  expect(there(Number.NaN)).toBe(0x7e00);
});

test('half way between two, the even one is taken', () => {
  expect(there(1 + 2 ** -11)).toBe(0x3c00);
  expect(there(1 + 3 * 2 ** -11)).toBe(0x3c02);
  expect(there(2 ** -25)).toBe(0x0000);
  expect(there(3 * 2 ** -25)).toBe(0x0002);
  expect(there(65_519)).toBe(0x7bff);
  expect(there(65_520)).toBe(0x7c00);
});

test('what comes back is within half a step of what went', () => {
  fc.assert(
    fc.property(fc.float({ min: -1000, max: 1000, noNaN: true }), (value) => {
      const step = Math.max(2 ** -24, 2 ** (Math.floor(Math.log2(Math.abs(value) || 1)) - 10));
      expect(Math.abs((back(there(value) ?? 0) ?? Number.NaN) - value)).toBeLessThanOrEqual(step / 2);
    }),
    { numRuns: 2000 },
  );
});
