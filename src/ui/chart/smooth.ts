import type { Curve } from './curve.ts';

/**
 * An exponential moving average of a curve. `factor` from 0 (the curve itself) to below 1 is the weight of the past.
 * The start is corrected for the missing past, as Adam corrects its moments (Kingma and Ba, arXiv:1412.6980).
 */
export function smooth(curve: Curve, factor: number): Curve {
  if (factor <= 0) return curve;
  let mean = 0;
  let weight = 0;
  return curve.map(({ epoch, value }) => {
    mean = mean * factor + value * (1 - factor);
    weight = weight * factor + (1 - factor);
    return { epoch, value: mean / weight };
  });
}
