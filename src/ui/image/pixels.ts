import type { ImageSamples, Samples } from '../../core/dataset/spec.ts';

/** How large an image is: its sides in pixels, and 1 channel for gray or 3 for red, green and blue. */
export type ImageSize = Pick<ImageSamples, 'height' | 'width' | 'channels'>;

/** The size of the samples of a data set; null where they are no images. */
export function imageSizeOf({ samples }: { readonly samples: Samples }): ImageSize | null {
  return samples.kind === 'image' ? samples : null;
}

/**
 * Values 0 ... 255 with 0 as black, [pixels, channels], as the opaque RGBA bytes that a canvas takes. The first of fewer than
 * three channels is shown as gray; of more than three, the first three are red, green and blue.
 */
export function toRgba(values: ArrayLike<number>, channels = 1): Uint8ClampedArray<ArrayBuffer> {
  const pixels = Math.floor(values.length / channels);
  const rgba = new Uint8ClampedArray(pixels * 4).fill(255);
  const [green, blue] = channels < 3 ? [0, 0] : [1, 2];
  for (let i = 0; i < pixels; i++) {
    rgba[i * 4] = values[i * channels] ?? 0;
    rgba[i * 4 + 1] = values[i * channels + green] ?? 0;
    rgba[i * 4 + 2] = values[i * channels + blue] ?? 0;
  }
  return rgba;
}

/** Puts an image [height, width, channels] at the top left of a canvas, pixel for pixel. */
export function paintImage(
  context: Pick<CanvasRenderingContext2D, 'putImageData'>,
  values: ArrayLike<number>,
  { height, width, channels }: ImageSize,
): void {
  context.putImageData(new ImageData(toRgba(values, channels), width, height), 0, 0);
}
