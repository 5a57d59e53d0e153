import { expect, test } from 'vitest';
import { bestEpoch, carryCurves, epochMeans, stepCurve } from '../../../../src/core/training/curves.ts';
import { appended } from '../../../../src/core/training/series.ts';

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

test('points that stand are the same objects when a series moves into another buffer, and when its first steps are thinned', () => {
  const first = appended(
    new Float32Array(),
    0,
    Float32Array.from({ length: 250 }, (_, step) => 1 / (step + 1)),
  );
  const points = stepCurve(first, 100, 100);
  const grown = appended(first, 250, new Float32Array(100).fill(0.5));
  expect(grown.buffer).not.toBe(first.buffer);
  carryCurves(first, grown);
  const more = stepCurve(grown, 100, 100);
  expect(more.length).toBeGreaterThan(points.length);
  for (const [i, point] of points.entries()) expect(more[i]).toBe(point);
  const rest = grown.slice(320);
  carryCurves(grown, rest);
  const thinned = { steps: 320, stride: 32, means: new Float32Array(10).fill(7), rest };
  expect(stepCurve(thinned, 100, 100)).toBe(more);
  // A series from before may go on in another way.
  const other = appended(first, 250, new Float32Array(100).fill(9));
  appended(other, 350, Float32Array.of(1));
  const cut = grown.slice(0, 300);
  carryCurves(grown.subarray(0, 300), cut);
  expect(stepCurve(cut, 100, 100)).toEqual(stepCurve(cut.slice(), 100, 100));
});
