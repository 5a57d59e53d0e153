/** The side of an image of the data set in pixels. */
export const IMAGE_SIDE = 28;

/** Gray values, 0 ... 255 with 0 as black, as the opaque RGBA bytes that a canvas takes. Any number of pixels. */
export function grayToRgba(gray: ArrayLike<number>): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(gray.length * 4).fill(255);
  for (let i = 0; i < gray.length; i++) {
    const value = gray[i] ?? 0;
    rgba[i * 4] = value;
    rgba[i * 4 + 1] = value;
    rgba[i * 4 + 2] = value;
  }
  return rgba;
}

/** Puts a square gray image of `side` by `side` pixels at the top left of a canvas, pixel for pixel. */
export function paintGray(
  context: Pick<CanvasRenderingContext2D, 'putImageData'>,
  gray: ArrayLike<number>,
  side: number,
): void {
  context.putImageData(new ImageData(grayToRgba(gray), side, side), 0, 0);
}
