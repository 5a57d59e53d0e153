import { type Shape, shapeText } from '../shape.ts';
import type { Inference, Misfit } from './definition.ts';
import { imageMisfit } from './image.ts';

/** A window that slides over an image: convolutions and pooling share its arithmetic. */

/** Whether a window stays inside the image, or zeros around it keep its size. */
export type Padding = 'valid' | 'same';

/** A square window, and how it moves. */
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

/** The same as a sum that a student can redo: `(32 − 3)/1 + 1 = 30`. */
function stopsText(extent: number, window: Window): string {
  const result = stops(extent, window);
  if (window.padding === 'same') return `⌈${extent}/${window.strides}⌉ = ${result}`;
  const exact = (extent - span(window)) / window.strides + 1;
  const sum = `(${extent} − ${span(window)})/${window.strides} + 1`;
  return Number.isInteger(exact) ? `${sum} = ${result}` : `⌊${sum}⌋ = ${result}`;
}

/** The sums for height and width; one for both where the image is a square. */
export function stopsTexts(input: Shape, window: Window): readonly string[] {
  const [height = 0, width = 0] = input;
  if (height === width) return [stopsText(height, window)];
  return [`height: ${stopsText(height, window)}`, `width: ${stopsText(width, window)}`];
}

/** The image after the window has passed, with `channels` channels; or why it cannot pass. */
export function slide(input: Shape, window: Window, channels: number, sizeOption: string, noun: string): Inference {
  const [height, width] = input;
  if (input.length !== 3 || height === undefined || width === undefined) {
    return { misfit: imageMisfit(input, `slides a ${noun} over an image`) };
  }
  if (window.strides > 1 && window.dilation > 1) return { misfit: clash(window) };
  const shape = [stops(height, window), stops(width, window), channels];
  if (Math.min(...shape) < 1) return { misfit: collapse([height, width], window, sizeOption, noun) };
  return { shape };
}

/** Keras has no convolution that is strided and dilated at once. */
function clash({ strides, dilation }: Window): Misfit {
  return {
    code: 'clash',
    message: `A stride of ${strides} cannot be combined with a dilation of ${dilation}. Set one of them to 1.`,
    repairs: [
      { label: 'Use stride 1', set: { strides: 1 } },
      { label: 'Use dilation 1', set: { dilationRate: 1 } },
    ],
  };
}

function collapse(extents: Shape, window: Window, sizeOption: string, noun: string): Misfit {
  const reach = span(window);
  const extent = Math.min(...extents);
  const largest = Math.floor((extent - 1) / window.dilation) + 1;
  const dilated = window.dilation > 1 ? ` with dilation ${window.dilation} spans ${reach}×${reach} and` : '';
  return {
    code: 'collapse',
    message: `A ${window.size}×${window.size} ${noun}${dilated} does not fit a ${shapeText(extents)} input: (${extent} − ${reach})/${window.strides} + 1 < 1.`,
    repairs: [
      { label: 'Use same padding', set: { padding: 'same' } },
      ...(largest > 1 ? [{ label: `Use ${largest}×${largest}`, set: { [sizeOption]: largest } }] : []),
    ],
  };
}
