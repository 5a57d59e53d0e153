import { describe, expect, test } from 'vitest';
import { accuracyAxis, horizontalAxis, logLossAxis, lossAxis } from '../../../../src/ui/chart/axis.ts';

describe('horizontalAxis', () => {
  test('marks whole steps and the last epoch', () => {
    expect(horizontalAxis('epoch', 15).ticks).toEqual([0, 5, 10, 15]);
    expect(horizontalAxis('epoch', 2).ticks).toEqual([0, 1, 2]);
    expect(horizontalAxis('epoch', 1).ticks).toEqual([0, 1]);
    expect(horizontalAxis('epoch', 50).ticks).toEqual([0, 20, 40, 50]);
  });

  test('leaves more room for longer labels', () => {
    expect(horizontalAxis('images', 720_000).ticks).toEqual([0, 200_000, 400_000, 720_000]);
    expect(horizontalAxis('seconds', 42).ticks).toEqual([0, 20, 42]);
  });

  test('leaves out a mark that would touch the last label', () => {
    expect(horizontalAxis('epoch', 11).ticks).toEqual([0, 5, 11]);
  });
});

describe('accuracyAxis', () => {
  test('starts at a round figure below every value and ends at 1', () => {
    expect(accuracyAxis([])).toEqual({
      scale: { kind: 'linear', min: 0.75, max: 1 },
      ticks: [0.75, 0.8, 0.85, 0.9, 0.95, 1],
    });
    expect(accuracyAxis([0.62, 0.9]).scale.min).toBe(0.6);
    expect(accuracyAxis([0.1]).ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  });
});

test('the accuracy axis never rises when values are added', () => {
  const values = Array.from({ length: 100 }, (_, step) => 0.99 - step / 110);
  const floors = values.map((_, count) => accuracyAxis(values.slice(0, count + 1)).scale.min);
  expect(floors).toEqual(floors.toSorted((a, b) => b - a));
  expect(floors.at(-1)).toBe(0);
});

describe('lossAxis', () => {
  test('starts at 0 and ends above every value', () => {
    expect(lossAxis([])).toEqual({ scale: { kind: 'linear', min: 0, max: 0.8 }, ticks: [0, 0.2, 0.4, 0.6, 0.8] });
    expect(lossAxis([2.3]).scale.max).toBe(2.5);
  });

  test('never falls when values are added', () => {
    const values = [0.4, 0.9, 0.2, 1.4, 0.1, 7, 3];
    const tops = values.map((_, count) => lossAxis(values.slice(0, count + 1)).scale.max);
    expect(tops).toEqual(tops.toSorted((a, b) => a - b));
    expect(tops.at(-1)).toBeGreaterThan(7);
  });
});

describe('logLossAxis', () => {
  test('lies between round figures of its decades', () => {
    expect(logLossAxis([0.06, 0.6])).toEqual({
      scale: { kind: 'log', min: 0.05, max: 1 },
      ticks: [0.05, 0.1, 0.2, 0.5, 1],
    });
  });

  test('leaves out what has no logarithm', () => {
    expect(logLossAxis([0, 0.3]).scale).toEqual({ kind: 'log', min: 0.2, max: 1 });
  });
});
