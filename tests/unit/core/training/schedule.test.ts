import { describe, expect, test } from 'vitest';
import { numericProblems } from '../../../../src/core/network/numeric-field.ts';
import { learningRateAt, SCHEDULES, type ScheduleSpec, scheduleCurve } from '../../../../src/core/training/schedule.ts';

const KINDS = Object.values(SCHEDULES);

describe('the learning rate, worked out by hand', () => {
  test.each<{ schedule: ScheduleSpec; base: number; total: number; rates: readonly number[] }>([
    { schedule: { kind: 'constant' }, base: 0.01, total: 3, rates: [0.01, 0.01, 0.01] },
    // Two drops cut six steps into three parts of two.
    { schedule: { kind: 'step', drops: 2, factor: 0.1 }, base: 1, total: 6, rates: [1, 1, 0.1, 0.1, 0.01, 0.01] },
    // Parts of 7/2 steps: the drop comes before step 4, the first at or after 3.5.
    { schedule: { kind: 'step', drops: 1, factor: 0.5 }, base: 2, total: 7, rates: [2, 2, 2, 2, 1, 1, 1] },
    // 0.0001^(1/4) = 0.1.
    { schedule: { kind: 'exponential', finalShare: 1e-4 }, base: 1, total: 4, rates: [1, 0.1, 0.01, 0.001] },
    // (1 + cos(pi t)) / 2 at t = 0, 1/3, 2/3: cos is 1, 1/2, -1/2.
    { schedule: { kind: 'cosine', finalShare: 0 }, base: 0.1, total: 3, rates: [0.1, 0.075, 0.025] },
    // The same between 1 and 0.2: 0.2 + 0.8 * (1, 0.75, 0.25).
    { schedule: { kind: 'cosine', finalShare: 0.2 }, base: 1, total: 3, rates: [1, 0.8, 0.4] },
    { schedule: { kind: 'warmUp', warmUpShare: 0.5 }, base: 0.4, total: 8, rates: [0.1, 0.2, 0.3, 0.4, 0.4] },
    // Peak at 0.4 * 5 - 1 = step 1, from 1/2; then three steps down to 1/2/5: thirds of a half cosine.
    {
      schedule: { kind: 'oneCycle', warmUpShare: 0.4, startDivisor: 2, finalDivisor: 5 },
      base: 1,
      total: 5,
      rates: [0.5, 1, 0.1 + 0.9 * 0.75, 0.1 + 0.9 * 0.25, 0.1],
    },
  ])('$schedule.kind from $base over $total steps', ({ schedule, base, total, rates }) => {
    for (const [step, rate] of rates.entries()) {
      expect(learningRateAt(schedule, base, step, total)).toBeCloseTo(rate, 12);
    }
  });

  // torch.optim.lr_scheduler.OneCycleLR(max_lr=0.01, total_steps=10), its formula worked out in Python.
  test('one cycle with its defaults is that of PyTorch', () => {
    const rates = scheduleCurve(SCHEDULES.oneCycle.defaults, 0.01, 10);
    const expected = [
      0.0004, 0.0052, 0.01, 0.00950484632, 0.008117456539, 0.006112620219, 0.003887419781, 0.001882583461,
      0.00049519368,
    ];
    for (const [step, rate] of expected.entries()) expect(rates[step]).toBeCloseTo(rate, 11);
    expect(rates[9]).toBeCloseTo(4e-8, 14);
  });
});

describe.each(KINDS)('$title', ({ defaults, fields, explanation }) => {
  test('starts with options that are allowed, and explains itself and each of them', () => {
    expect(numericProblems(fields, defaults)).toEqual({});
    expect(fields.map((field) => field.option)).toEqual(Object.keys(defaults).filter((key) => key !== 'kind'));
    for (const sentence of [explanation, ...fields.map((field) => field.explanation)]) {
      expect(sentence).toMatch(/^[A-Z].{20,}\.$/);
    }
  });

  test('never leaves the range from 0 to the learning rate, however short the run', () => {
    for (const total of [1, 2, 3, 7, 1000]) {
      for (const rate of scheduleCurve(defaults, 0.5, total)) {
        expect(rate).toBeGreaterThanOrEqual(0);
        expect(rate).toBeLessThanOrEqual(0.5);
      }
    }
  });

  test('keeps its last rate after the end', () => {
    expect(learningRateAt(defaults, 0.1, 250, 100)).toBe(learningRateAt(defaults, 0.1, 99, 100));
  });
});

test('a curve has as many points as asked for', () => {
  expect(scheduleCurve({ kind: 'step', drops: 1, factor: 0.5 }, 0.2, 4)).toEqual([0.2, 0.2, 0.1, 0.1]);
});

test('an option out of range is told in a sentence', () => {
  expect(numericProblems(SCHEDULES.step.fields, { drops: 0, factor: 2 })).toEqual({
    drops: 'Drops must be at least 1.',
    factor: 'Factor must be at most 1.',
  });
});
