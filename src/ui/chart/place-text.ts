import { formatCount } from '../base/format.ts';
import type { XUnit } from './curve.ts';

/** A place on the x axis in words: `epoch 15`, `step 11,250`, `720,000 images`, `42 s`. */
export function placeText(unit: XUnit, value: number): string {
  switch (unit) {
    case 'epoch':
      return `epoch ${formatCount(value)}`;
    case 'step':
      return `step ${formatCount(value)}`;
    case 'images':
      return `${formatCount(value)} images`;
    case 'seconds':
      return `${formatCount(value)}\u202fs`;
    default:
      return unit satisfies never;
  }
}
