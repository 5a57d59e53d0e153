import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimate } from '../../../../src/ui/chart/decimate.ts';

const wave = Array.from({ length: 5000 }, (_, step) => ({ epoch: (step + 1) / 500, value: Math.sin(step * 1.7) }));

describe('decimate', () => {
  test('leaves a short curve as it is', () => {
    const short = wave.slice(0, 100);
    expect(decimate(short, 10, 100)).toBe(short);
  });

  test('keeps within the limit and in order', () => {
    const thin = decimate(wave, 10, 1000);
    expect(thin.length).toBeLessThanOrEqual(1000);
    expect(thin.length).toBeGreaterThan(900);
    expect(thin.every((point, index) => index === 0 || point.epoch > (thin[index - 1]?.epoch ?? 0))).toBe(true);
  });

  test('loses no peak, no trough, and not the end', () => {
    const spiked = wave.map((point, step) => (step === 2345 ? { ...point, value: 9 } : point));
    const dipped = spiked.map((point, step) => (step === 3456 ? { ...point, value: -9 } : point));
    const values = decimate(dipped, 10, 60).map((point) => point.value);
    expect(Math.max(...values)).toBe(9);
    expect(Math.min(...values)).toBe(-9);
    expect(decimate(dipped, 10, 60).at(-1)).toBe(dipped.at(-1));
  });

  test('keeps the lowest, the highest and the last value of any curve, within the limit', () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 3000 });
    fc.assert(
      fc.property(values, fc.integer({ min: 4, max: 1000 }), (list, limit) => {
        const curve = list.map((value, i) => ({ epoch: (i + 1) / 7, value }));
        const thin = decimate(curve, list.length / 7, limit).map(({ value }) => value);
        expect(thin.length).toBeLessThanOrEqual(Math.max(limit, 4));
        expect(Math.min(...thin)).toBe(Math.min(...list));
        expect(Math.max(...thin)).toBe(Math.max(...list));
        expect(thin.at(-1)).toBe(list.at(-1));
      }),
    );
  });

  test('points that stand do not move when new ones arrive', () => {
    const before = decimate(wave.slice(0, 3000), 10, 200);
    const after = decimate(wave, 10, 200);
    const settled = before.filter((point) => point.epoch < 5.8);
    expect(settled.length).toBeGreaterThan(100);
    expect(after.slice(0, settled.length)).toEqual(settled);
  });

  test('takes an axis that is too short without losing points beyond it', () => {
    expect(decimate(wave, 5, 100).at(-1)).toBe(wave.at(-1));
  });
});
