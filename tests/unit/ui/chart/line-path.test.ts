import { expect, test } from 'vitest';
import { gapPath, linePath, projection } from '../../../../src/ui/chart/line-path.ts';

/** A plot with room for 100 by 100 pixels inside its margins. */
const size = [156, 136] as const;
const x = { scale: { kind: 'linear', min: 0, max: 10 }, ticks: [] } as const;
const linear = projection({ x, y: { scale: { kind: 'linear', min: 0, max: 1 }, ticks: [] } }, ...size);
const logarithmic = projection({ x, y: { scale: { kind: 'log', min: 0.01, max: 1 }, ticks: [] } }, ...size);

const points = (...values: readonly number[]) => values.map((value, i) => ({ epoch: i + 1, x: i + 1, value }));

test('a line goes through its points, also beyond the axis', () => {
  expect(linePath(points(0, 0.5, 1, 1.25), linear)).toBe('M44 116L54 66L64 16L74 -9');
});

test('a value of 1e30 lies ten lengths of the axis away', () => {
  expect(linePath(points(1, 1e30), linear)).toBe('M44 16L54 -984');
});

test('on a logarithmic axis equal ratios lie equally far apart, and the line leaves out what has no logarithm', () => {
  expect(linePath(points(0.01, 0.1, 1), logarithmic)).toBe('M44 116L54 66L64 16');
  expect(linePath(points(0.1, -1, 0.1), logarithmic)).toBe('M44 66L64 66');
});

test('no points make no line, and no gap makes no area', () => {
  expect(linePath([], linear)).toBe('');
  expect(gapPath([], linear)).toBe('');
});

test('the gap is what lies between its upper and its lower ends', () => {
  const gap = [
    { epoch: 1, x: 1, range: [0, 0.5] },
    { epoch: 2, x: 2, range: [0.25, 1] },
  ] as const;
  expect(gapPath(gap, linear)).toBe('M44 66L54 16L54 91L44 116Z');
});
