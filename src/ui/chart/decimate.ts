import type { CurvePoint } from '../../core/training/curves.ts';
import type { Curve } from './curve.ts';

/**
 * Thins a curve to at most `limit` points (4 or more) without losing a peak: of each slice of the x axis, which runs
 * from 0 to `epochs`, the lowest and the highest point stay, and the last point of all. Slices are fixed by the axis,
 * so points that are drawn do not move when new ones arrive.
 */
export function decimate(curve: Curve, epochs: number, limit: number): Curve {
  if (curve.length <= limit) return curve;
  const slices = Math.floor((limit - 1) / 2);
  const kept: CurvePoint[] = [];
  let slice = -1;
  let low: CurvePoint | undefined;
  let high: CurvePoint | undefined;
  const close = () => kept.push(...inOrder(low, high));
  for (const point of curve) {
    const at = Math.min(slices - 1, Math.floor((point.epoch / epochs) * slices));
    if (at !== slice) {
      close();
      slice = at;
      low = point;
      high = point;
    } else if (low && point.value < low.value) low = point;
    else if (high && point.value > high.value) high = point;
  }
  close();
  const last = curve.at(-1);
  if (last && kept.at(-1) !== last) kept.push(last);
  return kept;
}

function inOrder(low: CurvePoint | undefined, high: CurvePoint | undefined): readonly CurvePoint[] {
  if (!low || !high) return [];
  if (low === high) return [low];
  return low.epoch < high.epoch ? [low, high] : [high, low];
}
