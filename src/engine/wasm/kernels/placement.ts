import { span, type Window } from '../../../core/network/layers/window.ts';
import type { Images, Sliding } from '../../step/images.ts';

/** How an image is copied into a larger one of zeros, so that a window never leaves it. Rows and pixels in bytes. */
export interface Placement {
  /** Whether that is needed; if not, the image is used where it is. */
  readonly placed: boolean;
  readonly height: number;
  readonly width: number;
  readonly pixelBytes: number;
  readonly placedHeight: number;
  readonly placedRow: number;
  readonly top: number;
  readonly left: number;
  /** The distance of neighbouring rows, and of pixels: more than 1 spreads the image out. */
  readonly step: number;
}

/** The input of a window that slides over it. */
export function forWindow({ input, output, window, padTop, padLeft }: Sliding): Placement {
  const height = Math.max(padTop + input.height, (output.height - 1) * window.strides + span(window));
  const width = Math.max(padLeft + input.width, (output.width - 1) * window.strides + span(window));
  return placement(input, { height, width, top: padTop, left: padLeft, step: 1 });
}

/**
 * The gradient of the outputs, spread out by the stride, so that the flipped window slides over it and gives the
 * gradient of the inputs.
 */
export function forBackward({ input, output, window, padTop, padLeft }: Sliding): Placement {
  const edge = span(window) - 1;
  return placement(output, {
    height: input.height + edge,
    width: input.width + edge,
    top: edge - padTop,
    left: edge - padLeft,
    step: window.strides,
  });
}

/** The gradient of the outputs for a window with a stride, whose phases (`phasesOf`) slide over it. */
export function forPhases({ input, output, window, padTop, padLeft }: Sliding): Placement {
  const edge = edgeOf(window);
  const extent = (stops: number, pixels: number, pad: number) =>
    edge + Math.max(stops, Math.floor((pixels - 1 + pad) / window.strides) + 1);
  return placement(output, {
    height: extent(output.height, input.height, padTop),
    width: extent(output.width, input.width, padLeft),
    ...{ top: edge, left: edge, step: 1 },
  });
}

/** Stops before the last one that reach a pixel, at most. */
export function edgeOf({ size, strides }: Window): number {
  return Math.floor((size - 1) / strides);
}

interface Place {
  readonly height: number;
  readonly width: number;
  readonly top: number;
  readonly left: number;
  readonly step: number;
}

function placement(image: Images, { height, width, top, left, step }: Place): Placement {
  const pixelBytes = image.channels * 4;
  const placed = step > 1 || height !== image.height || width !== image.width;
  return {
    placed,
    height: image.height,
    width: image.width,
    pixelBytes,
    placedHeight: height,
    placedRow: width * pixelBytes,
    top,
    left: left * pixelBytes,
    step,
  };
}

/** Bytes of an image as a window sees it. */
export function placedBytes({ placed, height, width, pixelBytes, placedHeight, placedRow }: Placement): number {
  return placed ? placedHeight * placedRow : height * width * pixelBytes;
}

/** Bytes of scratch memory for so many images that are placed. */
export function scratchFor({ placedHeight, placedRow }: Placement, images = 1): number {
  return aligned(images * placedHeight * placedRow);
}

/**
 * Images that are taken together, so that their stops fill tiles and sums are long enough: at most about as many as have `stops` stops, and a
 * divisor of the number of images and of those of a group.
 */
export function imagesAtOnce({ batch, height, width }: Images, perGroup: number, stops: number): number {
  let images = Math.max(1, Math.min(perGroup, Math.floor(stops / (height * width))));
  while (batch % images !== 0 || perGroup % images !== 0) images -= 1;
  return images;
}

/** Rounded up, so that threads do not share a cache line, and vectors may be read whole at the end. */
export function aligned(bytes: number): number {
  return Math.ceil((bytes + 64) / 64) * 64;
}

/** The fields of a kernel that places images. */
export function placementFields({ placed, ...rest }: Placement) {
  return { placed: Number(placed), ...rest };
}
