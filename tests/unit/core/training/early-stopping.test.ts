import { expect, test } from 'vitest';
import { bestOf, shouldStop } from '../../../../src/core/training/early-stopping.ts';

const patience = (epochs: number) => ({ patience: epochs, restoreBest: true });

test('the best epoch is the first of the lowest loss; a loss that is not a number is none', () => {
  expect(bestOf([0.5, 0.3, 0.4, 0.3])).toBe(2);
  expect(bestOf([Number.NaN, 0.9])).toBe(2);
  expect(bestOf([])).toBe(0);
});

test('a run stops when as many epochs as the patience were no better, and not before', () => {
  expect(shouldStop(patience(2), [0.5, 0.4, 0.41])).toBe(false);
  expect(shouldStop(patience(2), [0.5, 0.4, 0.41, 0.4])).toBe(true);
  expect(shouldStop(patience(2), [0.5, 0.4, 0.41, 0.39])).toBe(false);
  expect(shouldStop(patience(1), [0.5, 0.6])).toBe(true);
});

test('losses that are not numbers count as no better', () => {
  expect(shouldStop(patience(2), [0.5, Number.NaN, Number.NaN])).toBe(true);
});
