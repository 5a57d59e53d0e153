import type { Shape } from '../shape.ts';
import type { Inference, Misfit } from './definition.ts';

/** A window that slides over an image: convolutions and pooling share its arithmetic. */

export type Padding = 'valid' | 'same';

export interface Window {
  readonly size: number;
  readonly strides: number;
  readonly padding: Padding;
  readonly dilation: number;
}

/** How many pixels a window spans: `(size - 1) * dilation + 1`. */
export function span(window: Window): number {
  return (window.size - 1) * window.dilation + 1;
}

/** How many stops a window makes along an axis of `extent` pixels; 0 or less when it does not fit. */
export function stops(extent: number, window: Window): number {
  if (window.padding === 'same') return Math.ceil(extent / window.strides);
  return Math.floor((extent - span(window)) / window.strides) + 1;
}

/** The same as a sum that a student can redo: `(28 − 3)/1 + 1 = 26`. */
export function stopsText(extent: number, window: Window): string {
  const result = stops(extent, window);
  if (window.padding === 'same') return `⌈${extent}/${window.strides}⌉ = ${result}`;
  const exact = (extent - span(window)) / window.strides + 1;
  const sum = `(${extent} − ${span(window)})/${window.strides} + 1`;
  return Number.isInteger(exact) ? `${sum} = ${result}` : `⌊${sum}⌋ = ${result}`;
}

/** The image after the window has passed, with `channels` channels; or why it cannot pass. */
export function slide(input: Shape, window: Window, channels: number, sizeOption: string, noun: string): Inference {
  const [height, width] = input;
  if (input.length !== 3 || height === undefined || width === undefined) return { misfit: notAnImage(input, noun) };
  const shape = [stops(height, window), stops(width, window), channels];
  if (Math.min(...shape) < 1) return { misfit: collapse(height, width, window, sizeOption, noun) };
  return { shape };
}

function notAnImage(input: Shape, noun: string): Misfit {
  return {
    code: 'rank',
    message: `A ${noun} slides over an image (height × width × channels), and what arrives is a vector of ${input[0] ?? 0} numbers. Move this layer above the Flatten.`,
    options: [],
    flatten: false,
  };
}

function collapse(height: number, width: number, window: Window, sizeOption: string, noun: string): Misfit {
  const size = `${span(window)}×${span(window)}`;
  const extent = Math.min(height, width);
  const largest = Math.floor((extent - 1) / window.dilation) + 1;
  return {
    code: 'collapse',
    message: `A ${size} ${noun} does not fit a ${height}×${width} input: (${extent} − ${span(window)})/${window.strides} + 1 < 1.`,
    options: [
      { label: 'Use same padding', values: { padding: 'same' } },
      { label: `Use ${largest}×${largest}`, values: { [sizeOption]: largest } },
    ],
    flatten: false,
  };
}
