import type { CurvePoint } from './curves.ts';

/** The same curve measured several times: the mean, and the least and the most of each epoch. */
export interface MeanCurve {
  readonly mean: readonly CurvePoint[];
  readonly low: readonly CurvePoint[];
  readonly high: readonly CurvePoint[];
}

/**
 * The mean of some curves with a point for each epoch that all of them have, as far as the shortest one goes: a mean over fewer of them from
 * some epoch on would jump there. Values that are no number make no difference between curves: such an epoch is left out.
 */
export function meanCurve(curves: readonly (readonly CurvePoint[])[]): MeanCurve {
  const [first = new Map<number, number>(), ...others] = curves.map(
    (curve) => new Map(curve.map(({ epoch, value }) => [epoch, value])),
  );
  const epochs = [...first.keys()].filter((epoch) => others.every((other) => other.has(epoch)));
  const spreads = epochs.map((epoch) => {
    const values = [first, ...others].map((curve) => curve.get(epoch) ?? Number.NaN);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { epoch, mean, low: Math.min(...values), high: Math.max(...values) };
  });
  const finite = spreads.filter(({ mean }) => Number.isFinite(mean));
  const curveOf = (figure: 'mean' | 'low' | 'high') => finite.map(({ epoch, [figure]: value }) => ({ epoch, value }));
  return { mean: curveOf('mean'), low: curveOf('low'), high: curveOf('high') };
}
