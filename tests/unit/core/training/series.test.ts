import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { epochMeans, stepCurve } from '../../../../src/core/training/curves.ts';
import { appended, compact, type Series } from '../../../../src/core/training/series.ts';

const EMPTY: Series = new Float32Array();

/** A number of values to append, and whether that is done to the newest series or to one from before, cut somewhere. */
const appending = fc.record({
  more: fc.array(fc.float({ noNaN: true }), { maxLength: 400 }),
  back: fc.nat(5),
  cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
});

describe('a growing series', () => {
  test('holds what was appended, and no series changes, whichever one another goes on from', () => {
    fc.assert(
      fc.property(fc.array(appending, { maxLength: 30 }), (steps) => {
        const made: { readonly series: Series; readonly expected: readonly number[] }[] = [
          { series: EMPTY, expected: [] },
        ];
        for (const { more, back, cut } of steps) {
          const from = made[Math.max(0, made.length - 1 - back)];
          if (from === undefined) continue;
          const at = cut === null ? from.expected.length : Math.floor(cut * from.expected.length);
          const series = appended(from.series, at, Float32Array.from(more));
          made.push({ series, expected: [...from.expected.slice(0, at), ...more] });
        }
        for (const { series, expected } of made) expect([...series]).toEqual(expected);
      }),
    );
  });

  test('its curves are those of the same values in one piece', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.float({ noNaN: true }), { maxLength: 60 }), { maxLength: 20 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 1000 }),
        (parts, stepsPerEpoch, epochs) => {
          let series = EMPTY;
          for (const part of parts) {
            series = appended(series, series.length, Float32Array.from(part));
            const whole = series.slice();
            expect(stepCurve(series, stepsPerEpoch, epochs)).toEqual(stepCurve(whole, stepsPerEpoch, epochs));
            expect(epochMeans(series, stepsPerEpoch)).toEqual(epochMeans(whole, stepsPerEpoch));
          }
        },
      ),
    );
  });

  test('grows in place: 100,000 values of ten each need a few buffers', () => {
    const buffers = new Set<ArrayBufferLike>();
    let series = EMPTY;
    for (let step = 0; step < 100_000; step += 10) {
      series = appended(series, step, new Float32Array(10).fill(step));
      buffers.add(series.buffer);
    }
    expect(buffers.size).toBeLessThan(40);
    expect(series[99_999]).toBe(99_990);
    expect(series.buffer.byteLength).toBeLessThanOrEqual(1.25 * series.byteLength);
  });

  test('is stored without room for more', () => {
    const series = appended(EMPTY, 0, Float32Array.of(3, 4));
    expect(series.buffer.byteLength).toBeGreaterThan(8);
    expect(structuredClone(compact(series)).buffer.byteLength).toBe(8);
    expect([...compact(series)]).toEqual([3, 4]);
    const compacted = compact(series);
    expect(compact(compacted)).toBe(compacted);
  });

  test('its curve is the same object until a stretch is over', () => {
    const two = appended(EMPTY, 0, Float32Array.of(1, 2));
    const three = appended(two, 2, Float32Array.of(3));
    const four = appended(three, 3, Float32Array.of(4));
    expect(epochMeans(three, 2)).toBe(epochMeans(two, 2));
    expect(epochMeans(four, 2)).not.toBe(epochMeans(three, 2));
    expect(epochMeans(four, 2)[0]).toBe(epochMeans(two, 2)[0]);
    expect(epochMeans(three, 2)).toEqual([{ epoch: 1, value: 1.5 }]);
  });
});
