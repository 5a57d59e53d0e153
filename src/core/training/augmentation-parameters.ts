import type { ImageSamples } from '../dataset/spec.ts';
import { type RandomKey, uint32At } from '../random.ts';
import type { AugmentationSpec } from './augmentation.ts';

/** How large images are. */
export type ImageSize = Pick<ImageSamples, 'height' | 'width' | 'channels'>;

/** Numbers of the stream that belong to one image. */
const NUMBERS_PER_IMAGE = 16;

/** Along a side of the image, an erased rectangle has one of `sizes` lengths from `least` pixels on: a seventh to half of it. */
export function erasedLengths(side: number): { readonly least: number; readonly sizes: number } {
  const least = Math.max(1, Math.round(side / 7));
  return { least, sizes: Math.max(1, Math.round(side / 2) - least + 1) };
}

/** A rectangle in pixels; `right` and `bottom` are exclusive. */
export interface Erased {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What happens to one image. */
export interface AugmentationParameters {
  readonly flip: boolean;
  /** Whole pixels to the right and down. */
  readonly shift: readonly [number, number];
  /** Clockwise, in radians, at most a quarter of pi. */
  readonly angle: number;
  /** Above 1 enlarges. */
  readonly scale: number;
  /** What gray values are multiplied by, up to white. */
  readonly brightness: number;
  readonly erased: Erased | null;
}

/**
 * What happens to image `index` of a batch. Pure: a function of the stream, and of `mirrored` where it is known already whether
 * the image is mirrored, as with alternating flip; if left out, that is drawn, too.
 */
export function parametersOf(
  spec: AugmentationSpec,
  key: RandomKey,
  index: number,
  size: ImageSize,
  mirrored?: boolean,
): AugmentationParameters {
  const bits = (j: number) => uint32At(key, index * NUMBERS_PER_IMAGE + j) >>> 8;
  const whole = (j: number, n: number) => Math.floor((bits(j) * n) / 0x1000000);
  const even = (j: number) => bits(j) / 0x800000 - 1;
  const [across, down] = [erasedLengths(size.width), erasedLengths(size.height)];
  const width = across.least + whole(7, across.sizes);
  const height = down.least + whole(8, down.sizes);
  const left = whole(9, size.width - width + 1);
  const top = whole(10, size.height - height + 1);
  return {
    flip: mirrored ?? (spec.flip && whole(0, 2) === 1),
    shift: [whole(1, 2 * spec.shift + 1) - spec.shift, whole(2, 2 * spec.shift + 1) - spec.shift],
    angle: (even(3) * spec.rotation * Math.PI) / 180,
    scale: 1 + even(4) * spec.scale,
    brightness: 1 + even(5) * spec.brightness,
    erased: bits(6) < eraseThreshold(spec) ? { left, top, right: left + width, bottom: top + height } : null,
  };
}

/** An image is erased when its number 6 is below this: the share of images in 24 bits. */
export function eraseThreshold({ erase }: AugmentationSpec): number {
  return Math.round(erase * 0x1000000);
}
