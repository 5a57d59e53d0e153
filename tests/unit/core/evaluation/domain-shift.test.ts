import { describe, expect, test } from 'vitest';
import { shiftText, wilsonInterval } from '../../../../src/core/evaluation/domain-shift.ts';

describe('the interval of Wilson', () => {
  // scipy 1.17: binomtest(right, total).proportion_ci(method='wilson').
  test.each([
    [12, 20, 0.3865815, 0.7811935],
    [0, 5, 0, 0.4344825],
    [5, 5, 0.5655175, 1],
    [90, 100, 0.8256343, 0.9447708],
  ])('%i of %i', (right, total, low, high) => {
    const found = wilsonInterval(right, total);
    expect(found[0]).toBeCloseTo(low, 5);
    expect(found[1]).toBeCloseTo(high, 5);
  });
});

describe('what a few samples say beside the test set', () => {
  test('far below it is a domain shift', () => {
    expect(shiftText(8, 20, 0.9)).toBe(
      '8 of 20 samples right: 40.0\u202f%. On the test set it is 90.0\u202f%. That is more than chance explains: yours differ from what it was trained on, which is called a domain shift.',
    );
  });

  test('what chance explains is no difference', () => {
    expect(shiftText(4, 5, 0.9)).toContain(
      'With 5 samples, the true share may be anything from 38\u202f% to 96\u202f%, so this is no difference yet.',
    );
  });

  test('far above it they are easier', () => {
    expect(shiftText(50, 50, 0.7)).toContain('Yours are easier for it than the test set.');
  });

  test('without a test only the samples count', () => {
    expect(shiftText(1, 1, null)).toBe(
      '1 of 1 sample right: 100.0\u202f%. With 1 sample, the true share may be anything from 21\u202f% to 100\u202f%.',
    );
  });
});
