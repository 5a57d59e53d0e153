import { expect, test } from 'vitest';
import { epochMeans, stepCurve } from '../../../../src/core/training/curves.ts';
import { type Thinned, thinnedUntil } from '../../../../src/core/training/thinned.ts';
import { sumOver } from '../../../../src/core/training/thinned-series.ts';
import { thinnedWith } from '../../../../src/core/training/thinning.ts';

const valuesFrom = (first: number, length: number) => Float32Array.from({ length }, (_, i) => first + i);

/** So many steps, thinned some at a time; the value of each is its number. */
function thinned(steps: number, chunk = 64): Thinned | undefined {
  let all: Thinned | undefined;
  for (let first = 0; first < steps; first += chunk) {
    const values = valuesFrom(first, chunk);
    all = thinnedWith(
      all,
      values,
      values.map((value) => value / 2),
    );
  }
  return all;
}

test('steps become means over equal stretches, and the first and the highest loss stay', () => {
  expect(thinned(128)).toEqual({
    steps: 128,
    stride: 32,
    losses: Float32Array.of(15.5, 47.5, 79.5, 111.5),
    accuracies: Float32Array.of(7.75, 23.75, 39.75, 55.75),
    first: 0,
    most: 127,
  });
});

test('however many there are, there are at most some thousands of means', () => {
  const many = thinned(32 * 8192 + 8192, 8192);
  expect(many?.stride).toBe(128);
  expect(many?.losses.length).toBeLessThanOrEqual(4096);
  expect((many?.losses.length ?? 0) * 128).toBe(many?.steps);
  expect(many?.losses[1]).toBe(128 + 63.5);
});

test('until a step within a stretch there are the stretches before it', () => {
  const all = thinned(128);
  if (all === undefined) throw new Error('Nothing was thinned.');
  expect(thinnedUntil(all, 100)).toMatchObject({ steps: 96, losses: { length: 3 }, accuracies: { length: 3 } });
});

test('a sum reaches over means, parts of them, and single steps', () => {
  const series = { steps: 64, stride: 32, means: Float32Array.of(10, 20), rest: Float32Array.of(1, 2, 3) };
  expect(sumOver(series, 16, 48)).toBe(16 * 10 + 16 * 20);
  expect(sumOver(series, 60, 66)).toBe(4 * 20 + 1 + 2);
  expect(sumOver(series, 65, 67)).toBe(2 + 3);
});

test('curves of thinned steps have the same points, with the means of those steps', () => {
  const rest = valuesFrom(128, 92);
  const series = { steps: 128, stride: 32, means: thinned(128)?.losses ?? rest, rest };
  const whole = valuesFrom(0, 220);
  expect(epochMeans(series, 100).map(({ epoch }) => epoch)).toEqual([1, 2]);
  // Stretches of 32 are means of means; others differ by what their ends cut off.
  expect(epochMeans(series, 32)).toEqual(epochMeans(whole, 32));
  expect(stepCurve(series, 1000, 10)).toHaveLength(stepCurve(whole, 1000, 10).length);
});
