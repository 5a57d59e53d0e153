import { describe, expect, test } from 'vitest';
import { type CurveData, prepareCurves } from '../../../../src/ui/chart/prepare.ts';
import { epochFigures, nearestFigures } from '../../../../src/ui/chart/readout.ts';

/** A run whose training loss falls from 2.3 while validation turns up after epoch 2. */
function run(epochs: number): CurveData {
  const steps = Array.from({ length: epochs * 100 }, (_, step) => (step + 1) / 100);
  return {
    kind: 'loss',
    epochs: 5,
    trace: steps.map((epoch) => ({ epoch, value: 0.1 + 2.2 * Math.exp(-6 * epoch) })),
    training: Array.from({ length: epochs }, (_, index) => ({ epoch: index + 1, value: 0.3 / (index + 1) })),
    validation: [0.5, 0.4, 0.45, 0.6, 0.9].slice(0, epochs).map((value, index) => ({ epoch: index + 1, value })),
    ghosts: [],
    smoothing: 0.5,
    best: 2,
    gap: true,
    logarithmic: false,
  };
}

describe('prepareCurves', () => {
  test('thins every training line to the limit', () => {
    const { raw, training } = prepareCurves(run(5), 200);
    expect(raw.length).toBeLessThanOrEqual(200);
    expect(training.length).toBeLessThanOrEqual(200);
  });

  test('does not stretch the axis for the first moments of a run', () => {
    expect(prepareCurves(run(1), 1000).y.scale.max).toBe(0.8);
  });

  test('shows where a run stands in its first moments, however high', () => {
    const { trace } = run(1);
    const first = { ...run(0), trace: trace.slice(0, 5) };
    expect(prepareCurves(first, 1000).y.scale.max).toBe(2);
    expect(prepareCurves({ ...first, trace: trace.slice(0, 30) }, 1000).y.scale.max).toBe(0.8);
  });

  test('an earlier run that blew up leaves the axis, one that was a little worse does not', () => {
    const ghost = (value: number) => ({ run: 1, validation: [{ epoch: 1, value }] });
    expect(prepareCurves({ ...run(2), ghosts: [ghost(25)] }, 1000).y.scale.max).toBe(0.8);
    expect(prepareCurves({ ...run(2), ghosts: [ghost(25), ghost(1.3)] }, 1000).y.scale.max).toBe(1.5);
  });

  test('where there are earlier runs only, as side by side, all are on the axis but one that blew up', () => {
    const ghost = (value: number) => ({ run: 1, validation: [{ epoch: 1, value }] });
    const top = (...values: number[]) =>
      prepareCurves({ ...run(0), trace: [], ghosts: values.map(ghost) }, 1000).y.scale.max;
    expect(top(4.5, 3.1)).toBe(5);
    expect(top(4.5, 900)).toBe(5);
    expect(top(0.5)).toBe(0.8);
  });

  test('two charts that stand side by side have the same axis', () => {
    const low = { ...run(2), trace: run(2).trace.filter(({ epoch }) => epoch > 1) };
    const high = { ...low, validation: [{ epoch: 1, value: 1.9 }] };
    const axes = [prepareCurves({ ...low, beside: high }, 1000).y, prepareCurves({ ...high, beside: low }, 1000).y];
    expect(axes[0]).toEqual(axes[1]);
    expect(axes[0]?.scale.max).toBe(2);
    expect(prepareCurves(low, 1000).y.scale.max).toBe(0.8);
  });

  test('two charts that stand side by side have room for the bands of both', () => {
    const plain = run(2);
    const at = (value: number) => [{ epoch: 1, value }];
    const banded = {
      ...plain,
      ghosts: [{ run: 3, validation: at(1), band: { runs: [3, 4], low: at(0.5), high: at(1.4) } }],
    };
    const axes = [
      prepareCurves({ ...plain, beside: banded }, 1000).y,
      prepareCurves({ ...banded, beside: plain }, 1000).y,
    ];
    expect(axes[0]).toEqual(axes[1]);
    expect(axes[0]?.scale.max).toBe(1.5);
  });

  test('a run that blew up leaves the chart, which stays as it is for the run beside it', () => {
    const calm = run(2);
    const blown = { ...calm, trace: calm.trace.map((point) => ({ ...point, value: 2.3 * 10 ** (8 * point.epoch) })) };
    const alone = prepareCurves({ ...blown, validation: [] }, 1000);
    expect(alone.y.scale.max).toBeLessThanOrEqual(9);
    expect(alone.departure?.peak).toBeGreaterThan(1e16);
    const [left, right] = [
      prepareCurves({ ...calm, beside: blown }, 1000),
      prepareCurves({ ...blown, beside: calm }, 1000),
    ];
    expect(left.y.scale.max).toBe(0.8);
    expect(right.y).toEqual(left.y);
    expect(left.departure).toBeNull();
    expect(right.departure?.epoch).toBeLessThan(0.1);
  });

  test('a peak is marked where it is far above the beginning, and not otherwise', () => {
    const peak = (value: number) => run(2).trace.map((point) => (point.epoch === 1 ? { ...point, value } : point));
    const departure = (value: number) => prepareCurves({ ...run(2), trace: peak(value), smoothing: 0 }, 1000).departure;
    expect(departure(50)).toEqual({ epoch: 1, x: 1, peak: 50 });
    expect(departure(3)).toBeNull();
    expect(prepareCurves(run(2), 1000).departure).toBeNull();
  });

  test('the axis only grows while a run goes on', () => {
    const tops = [1, 2, 3, 4, 5].map((epochs) => prepareCurves(run(epochs), 1000).y.scale.max);
    expect(tops).toEqual([0.8, 0.8, 0.8, 0.8, 1]);
  });

  test('the gap runs from the best epoch to the newest, between the two lines', () => {
    const { gap } = prepareCurves(run(4), 1000);
    expect([gap[0]?.epoch, gap.at(-1)?.epoch]).toEqual([2, 4]);
    expect(gap.at(-1)?.range[0]).toBeCloseTo(0.1, 3);
    expect(gap.at(-1)?.range[1]).toBe(0.6);
  });

  test('there is no gap before the epoch after the best', () => {
    expect(prepareCurves(run(2), 1000).gap).toEqual([]);
  });

  test('a loss that is no number is not drawn and does not break the axis', () => {
    const blown = { ...run(2), trace: [...run(2).trace, { epoch: 2.01, value: Number.NaN }] };
    const { raw, y, departure } = prepareCurves(blown, 1000);
    expect(raw.at(-1)?.epoch).toBe(2);
    expect(y.scale.max).toBe(0.8);
    expect(departure).toEqual({ epoch: 2.01, x: 2.01, peak: null });
  });
});

describe('readout', () => {
  const { training, validation } = run(3);
  const ghosts = [{ run: 1, validation: [{ epoch: 2, value: 0.7 }] }];

  test('has a line for each whole epoch with what was measured at its end', () => {
    expect(epochFigures({ training: training, validation: validation }, ghosts)[1]).toEqual({
      epoch: 2,
      training: 0.15,
      validation: 0.4,
      ghosts: [0.7],
    });
    expect(epochFigures({ training: training, validation: validation }, ghosts)).toHaveLength(3);
  });

  test('reads earlier runs while the first epoch has not ended', () => {
    expect(epochFigures({ training: [], validation: [] }, ghosts).map((line) => line.epoch)).toEqual([2]);
    expect(epochFigures({ training: [], validation: [] }, [])).toEqual([]);
  });

  test('finds the nearest epoch', () => {
    const figures = epochFigures({ training: training, validation: validation }, []);
    expect(nearestFigures(figures, 16, (epoch) => 10 * epoch)?.epoch).toBe(2);
    expect(nearestFigures(figures, 99, (epoch) => 10 * epoch)?.epoch).toBe(3);
    expect(nearestFigures([], 1, (epoch) => epoch)).toBeUndefined();
  });
});
