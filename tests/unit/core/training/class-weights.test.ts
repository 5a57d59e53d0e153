import { describe, expect, test } from 'vitest';
import { balancedWeights } from '../../../../src/core/training/class-weights.ts';
import recorded from '../../../fixtures/sklearn/class-weights.json' with { type: 'json' };

describe('balanced class weights', () => {
  test.each(recorded)('are those of scikit-learn: %#', ({ labels, weights }) => {
    const own = balancedWeights(Uint8Array.from(labels), weights.length);
    expect(own).toHaveLength(weights.length);
    own.forEach((weight, label) => {
      expect(Math.abs(weight - (weights[label] ?? Number.NaN))).toBeLessThan(1e-9);
    });
  });

  test('have the mean 1 over the samples, whichever classes are missing', () => {
    const labels = Uint8Array.of(0, 0, 0, 2, 3, 3);
    const weights = balancedWeights(labels, 5);
    expect(weights).toEqual([2 / 3, 0, 2, 1, 0]);
    expect(labels.reduce((total, label) => total + (weights[label] ?? 0), 0)).toBeCloseTo(6, 12);
  });

  test('of no label are 0', () => expect(balancedWeights(new Uint8Array(), 2)).toEqual([0, 0]));
});
