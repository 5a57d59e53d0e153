import { span, stops, type Window } from '../../core/network/layers/window.ts';

/** A stack of images: [batch, height, width, channels]. */
export interface Images {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** A window that slides over images, with rows and columns of zeros where it begins outside. */
export interface Sliding {
  readonly input: Images;
  readonly output: Images;
  readonly window: Window;
  readonly padTop: number;
  readonly padLeft: number;
}

/** The images of a shape. */
export function imagesIn([batch = 0, height = 0, width = 0, channels = 0]: readonly number[]): Images {
  return { batch, height, width, channels };
}

/** The shape of images. */
export function shapeOf({ batch, height, width, channels }: Images): [number, number, number, number] {
  return [batch, height, width, channels];
}

/** A window sliding over images, giving `channels` values at each stop. */
export function slideOver(input: Images, window: Window, channels: number): Sliding {
  const { batch } = input;
  const output = { batch, height: stops(input.height, window), width: stops(input.width, window), channels };
  const padTop = padBefore(input.height, output.height, window);
  return { input, output, window, padTop, padLeft: padBefore(input.width, output.width, window) };
}

/** One window that covers a whole image; where the image is not square, it extends beyond it. */
export function wholeImage(input: Images): Sliding {
  const size = Math.max(input.height, input.width);
  const window = { size, strides: size, padding: 'valid', dilation: 1 } as const;
  return { input, output: { ...input, height: 1, width: 1 }, window, padTop: 0, padLeft: 0 };
}

/** Zeros before an axis; where their number is odd, TensorFlow puts the larger half behind. */
function padBefore(extent: number, stopCount: number, window: Window): number {
  if (window.padding === 'valid') return 0;
  return Math.floor(Math.max((stopCount - 1) * window.strides + span(window) - extent, 0) / 2);
}
