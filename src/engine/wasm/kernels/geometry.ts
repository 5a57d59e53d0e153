import type { TensorInfo } from '@tensorflow/tfjs-core';
import { at } from '../../../core/at.ts';
import { span, stops, type Window } from '../../../core/network/layers/window.ts';
import type { Options } from '../operation.ts';

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

/** The images of a tensor's shape. */
export function imagesIn([batch = 0, height = 0, width = 0, channels = 0]: readonly number[]): Images {
  return { batch, height, width, channels };
}

/** The shape of images. */
export function shapeOf({ batch, height, width, channels }: Images): [number, number, number, number] {
  return [batch, height, width, channels];
}

/** A window sliding over images, giving `channels` values at each stop. */
function slideOver(input: Images, window: Window, channels: number): Sliding {
  const { batch } = input;
  const output = { batch, height: stops(input.height, window), width: stops(input.width, window), channels };
  const padTop = padBefore(input.height, output.height, window);
  return { input, output, window, padTop, padLeft: padBefore(input.width, output.width, window) };
}

/** The windows of pooling, by the options size, strides and same (padding: 1, or 0 for valid). */
export function poolingOf(x: TensorInfo, options: Options): Sliding {
  const input = imagesIn(x.shape);
  const padding = options.get('same') === 1 ? 'same' : 'valid';
  const window = { size: options.get('size'), strides: options.get('strides'), padding, dilation: 1 } as const;
  return slideOver(input, window, input.channels);
}

/** A window as the fields of the kernels of `windows.ts`. */
export function windowFields({ input, output, window, padTop, padLeft }: Sliding) {
  return {
    height: input.height,
    width: input.width,
    channels: input.channels,
    outHeight: output.height,
    outWidth: output.width,
    size: window.size,
    strides: window.strides,
    padTop,
    padLeft,
  };
}

/** Zeros before an axis; where their number is odd, TensorFlow puts the larger half behind. */
function padBefore(extent: number, stopCount: number, window: Window): number {
  if (window.padding === 'valid') return 0;
  return Math.floor(Math.max((stopCount - 1) * window.strides + span(window) - extent, 0) / 2);
}

/** Bytes of one image. */
export function imageBytes({ height, width, channels }: Images): number {
  return height * width * channels * 4;
}

/** The window of a kernel [size, size, ...], by the options strides, dilation and same (padding: 1, or 0 for valid). */
export function slidingOf(x: TensorInfo, kernel: TensorInfo, channels: number, options: Options): Sliding {
  const window: Window = {
    size: at(kernel.shape, 0),
    strides: options.get('strides'),
    dilation: options.get('dilation'),
    padding: options.get('same') === 1 ? 'same' : 'valid',
  };
  return slideOver(imagesIn(x.shape), window, channels);
}

/**
 * Groups of images that are summed separately: enough for eight threads, and independent of the number of threads, so
 * that the bits are the same.
 */
const GROUPS = 8;

/** How a batch is cut into groups. */
export function groupsOf(batch: number): { readonly groups: number; readonly perGroup: number } {
  const perGroup = Math.ceil(batch / GROUPS);
  return { groups: Math.ceil(batch / perGroup), perGroup };
}
