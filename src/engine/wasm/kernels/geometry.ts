import type { TensorInfo } from '@tensorflow/tfjs-core';
import { at } from '../../../core/at.ts';
import type { Window } from '../../../core/network/layers/window.ts';
import { type Images, imagesIn, type Sliding, slideOver } from '../../step/images.ts';
import type { Options } from '../operation.ts';

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
