import { countText } from '../../core/text/number-text.ts';
import type { Horizontal } from './curve.ts';

/** A place on the x axis in words: `epoch 15`, `step 11,250`, `720,000 images`, `42 s`. */
export function placeText({ unit, samples }: Pick<Horizontal, 'unit' | 'samples'>, value: number): string {
  switch (unit) {
    case 'epoch':
      return `epoch ${countText(value)}`;
    case 'step':
      return `step ${countText(value)}`;
    case 'images':
      return `${countText(value)} ${samples}`;
    case 'seconds':
      return `${countText(value)}\u202fs`;
    default:
      return unit satisfies never;
  }
}
