import type { Window } from '../../../core/network/layers/window.ts';
import type { Sliding } from '../../step/images.ts';
import { PANEL_ROW } from './pack.ts';
import { edgeOf, type Placement } from './placement.ts';
import type { Pairs } from './tables.ts';

/** Pixels of the input that the same taps of a window with a stride reach, and these taps, as PRODUCT's tables. */
export interface Phase {
  rows(): Pairs;
  steps(): Pairs;
}

/** The same along one axis. */
interface AxisPhase {
  /** Pixels, and the last stop of the window that reaches them, if there were stops without end. */
  readonly pixels: readonly { readonly pixel: number; readonly stop: number }[];
  /** Taps of the flipped window, and how many stops before that they reach the pixel. */
  readonly taps: readonly { readonly tap: number; readonly before: number }[];
}

/**
 * The gradient with respect to the input by a window whose stride is s, in s * s phases: each goes over the gradient of the outputs as it is,
 * with a share of the taps. Spreading the gradient out by the stride instead would multiply by zeros all but one time in s * s.
 */
export function phasesOf(sliding: Sliding, { placedRow, pixelBytes }: Placement): readonly Phase[] {
  const { input, output, window, padTop, padLeft } = sliding;
  const edge = edgeOf(window);
  const across = axisPhases(input.width, padLeft, window);
  return axisPhases(input.height, padTop, window).flatMap((down) =>
    across.map(({ pixels, taps }) => ({
      rows: () =>
        down.pixels.flatMap((y) =>
          pixels.map((x) => [y.stop * placedRow + x.stop * pixelBytes, y.pixel * input.width + x.pixel]),
        ),
      steps: () =>
        down.taps.flatMap((y) =>
          taps.flatMap((x) =>
            Array.from({ length: output.channels }, (_, channel) => [
              (edge - y.before) * placedRow + (edge - x.before) * pixelBytes + channel * 4,
              ((y.tap * window.size + x.tap) * output.channels + channel) * PANEL_ROW,
            ]),
          ),
        ),
    })),
  );
}

function axisPhases(extent: number, pad: number, { size, strides }: Window): readonly AxisPhase[] {
  return Array.from({ length: Math.min(strides, extent) }, (_, first) => {
    const phase = (first + pad) % strides;
    const pixels = Array.from({ length: Math.ceil((extent - first) / strides) }, (_, i) => first + i * strides);
    const taps = Array.from({ length: size }, (_, tap) => size - 1 - tap).filter((tap) => tap % strides === phase);
    return {
      pixels: pixels.map((pixel) => ({ pixel, stop: Math.floor((pixel + pad) / strides) })),
      taps: taps.map((tap) => ({ tap: size - 1 - tap, before: (tap - phase) / strides })),
    };
  });
}
