import { expect, test } from 'vitest';
import { hasDiverged, RATE_RANGE, rangeRateAt, rateRangeOf } from '../../../../src/core/training/rate-range.ts';

const STEPS = Array.from({ length: RATE_RANGE.steps }, (_, step) => step);

/** The step whose rate is nearest to one. */
function stepOf(rate: number): number {
  return STEPS.reduce((near, step) =>
    Math.abs(Math.log(rangeRateAt(step) / rate)) < Math.abs(Math.log(rangeRateAt(near) / rate)) ? step : near,
  );
}

/** A loss that falls from 2.3 to 0.5 between two rates, and rises from a third one on, with the noise of batches. */
function lossOf({ falls, lowest, rises }: { falls: number; lowest: number; rises: number }): number[] {
  return STEPS.map((step) => {
    const rate = rangeRateAt(step);
    const share = Math.log(rate / falls) / Math.log(lowest / falls);
    const loss = 2.3 - 1.8 * Math.min(1, Math.max(0, share));
    const noise = 0.08 * Math.sin(step * 12.9898);
    return rate > rises ? loss + 3 * Math.log(rate / rises) : loss + noise;
  });
}

test('the rate rises by the same factor from step to step, from the least to the most', () => {
  const rates = STEPS.map(rangeRateAt);
  expect(rates[0]).toBeCloseTo(RATE_RANGE.from);
  expect(rates.at(-1)).toBeCloseTo(RATE_RANGE.to);
  const factors = rates.slice(1).map((rate, i) => rate / (rates[i] ?? 0));
  expect(Math.max(...factors) - Math.min(...factors)).toBeLessThan(1e-9);
});

test('a quarter of the rate with the lowest loss is suggested, to one digit', () => {
  const { lowest, suggestion } = rateRangeOf(lossOf({ falls: 1e-4, lowest: 1e-2, rises: 2e-2 }));
  expect(lowest?.rate).toBeGreaterThan(0.8e-2);
  expect(lowest?.rate).toBeLessThan(2.2e-2);
  const exact = 0.25 * (lowest?.rate ?? 0);
  expect(Math.abs((suggestion ?? 0) - exact)).toBeLessThan(0.2 * exact);
  expect(suggestion).toBe(Number(suggestion?.toPrecision(1)));
});

test('what a later dip of the loss reaches, after it has risen, plays no part', () => {
  const losses = lossOf({ falls: 1e-4, lowest: 1e-3, rises: 3e-3 });
  const dipped = losses.map((loss, step) => (step > stepOf(0.1) && step < stepOf(1) ? 0.2 : Math.min(loss, 1.5)));
  expect(rateRangeOf(dipped).lowest?.rate).toBeLessThan(5e-3);
});

test('the test ends where the loss is no number any more, or four times its lowest', () => {
  const calm = lossOf({ falls: 1e-4, lowest: 1e-2, rises: 100 });
  expect(hasDiverged(calm)).toBe(false);
  expect(rateRangeOf(calm).divergedAt).toBeNull();
  const lost = calm.map((loss, step) => (step >= 100 ? Number.NaN : loss));
  expect(rateRangeOf(lost).divergedAt).toBe(rangeRateAt(100));
  expect(rateRangeOf(lost).suggestion).not.toBeNull();
  expect(hasDiverged(lossOf({ falls: 1e-4, lowest: 1e-3, rises: 3e-3 }))).toBe(true);
});

test('nothing is suggested where the loss does not fall, or before the first step', () => {
  const flat = STEPS.map((step) => 2.3 + 0.05 * Math.sin(step * 12.9898));
  expect(rateRangeOf(flat)).toMatchObject({ lowest: null, suggestion: null });
  expect(rateRangeOf([])).toEqual({ points: [], lowest: null, divergedAt: null, suggestion: null });
});
