import { expect, test } from 'vitest';
import { bestEpoch, epochMeans, stepCurve } from '../../../../src/core/training/curves.ts';

test('epoch means are the means over the steps of each whole epoch', () => {
  const means = epochMeans(Float32Array.of(4, 2, 1, 3, 9), 2);
  expect(means).toEqual([
    { epoch: 1, value: 3 },
    { epoch: 2, value: 2 },
  ]);
});

test('a short run is traced step by step', () => {
  expect(stepCurve(Float32Array.of(4, 2, 1), 2, 5)).toEqual([
    { epoch: 0.5, value: 4 },
    { epoch: 1, value: 2 },
    { epoch: 1.5, value: 1 },
  ]);
});

test('a run of 90,000 steps is traced in about 900 points', () => {
  const trace = stepCurve(new Float32Array(90_000).fill(0.5), 1800, 50);
  expect(trace).toHaveLength(900);
  expect(trace.at(-1)).toEqual({ epoch: 50, value: 0.5 });
});

test('points that stand do not move while more steps arrive', () => {
  const values = Float32Array.from({ length: 4000 }, (_, step) => 1 / (step + 1));
  const early = stepCurve(values.subarray(0, 1500), 1000, 4);
  expect(stepCurve(values, 1000, 4).slice(0, early.length)).toEqual(early);
});

test('a run whose length is not known yet has no curve', () => {
  expect(stepCurve(Float32Array.of(1), 0, 5)).toEqual([]);
});

test('the best epoch is the first of the lowest values', () => {
  expect(bestEpoch([3, 1, 2, 1].map((value, i) => ({ epoch: i + 1, value })))).toBe(2);
  expect(bestEpoch([])).toBeUndefined();
});
