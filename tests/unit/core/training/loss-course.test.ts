import fc from 'fast-check';
import { expect, test } from 'vitest';
import { courseOf, newestCount } from '../../../../src/core/training/loss-course.ts';
import { appended, type Series } from '../../../../src/core/training/series.ts';

const EMPTY: Series = new Float32Array();

test('says the first, the highest and the first lost loss of all steps, in whatever parts they came', () => {
  const loss = fc.oneof({ weight: 9, arbitrary: fc.float({ min: 0, max: 9, noNaN: true }) }, fc.constant(Number.NaN));
  const parts = fc.array(fc.array(loss, { maxLength: 60 }), { maxLength: 20 });
  fc.assert(
    fc.property(parts, fc.nat(5), (all, back) => {
      const made = [EMPTY];
      for (const part of all) {
        const before = made.at(-1) ?? EMPTY;
        made.push(appended(before, before.length, Float32Array.from(part)));
        courseOf(made.at(-1) ?? EMPTY);
      }
      // Also of a series from before, which another has gone on from.
      const series = made[Math.max(0, made.length - 1 - back)] ?? EMPTY;
      const lost = series.findIndex((each) => !Number.isFinite(each));
      expect(courseOf(series)).toEqual({
        steps: series.length,
        first: series[0] ?? Number.NaN,
        most: series.length === 0 ? Number.NaN : Math.max(...series),
        lostAt: lost < 0 ? null : lost,
        newest: series,
      });
    }),
  );
});

test('looks at each step once, however long the run is', () => {
  let series = appended(EMPTY, 0, new Float32Array(20_000).fill(2));
  courseOf(series);
  // Nobody else writes into a series: whoever read these steps again would see it.
  series.fill(Number.NaN, 0, 20_000);
  series = appended(series, 20_000, Float32Array.of(1, 3, 1));
  expect(courseOf(series)).toMatchObject({ steps: 20_003, most: 3, lostAt: null });
});

test('a fifth of an epoch tells where a run stands, at least ten steps', () => {
  expect([newestCount(0), newestCount(49), newestCount(51), newestCount(2000)]).toEqual([10, 10, 11, 400]);
});
