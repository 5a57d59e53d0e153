import type { Box, Size } from './resize.ts';

/** A picture as a canvas gives it: red, green, blue and opacity of each pixel, row by row, 0 ... 255. */
export interface Picture extends Size {
  /** [height, width, 4]. */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** Red, green and blue, 0 ... 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** The channels of a colour by their place in a picture's data. */
export const RGB = [0, 1, 2] as const;

/** The colour of one pixel; its opacity is left out. */
export function rgbAt({ data, width }: Picture, x: number, y: number): Rgb {
  const at = (y * width + x) * 4;
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
}

/** An opaque picture from the colour of each of its pixels. */
export function pictureOf({ width, height }: Size, colour: (x: number, y: number) => ArrayLike<number>): Picture {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set(colour(x, y), (y * width + x) * 4);
  return { width, height, data };
}

/** The picture on white paper, where it was transparent. */
export function opaque(picture: Picture): Picture {
  const data = picture.data.slice();
  for (let at = 0; at < data.length; at += 4) {
    const opacity = (data[at + 3] ?? 255) / 255;
    if (opacity === 1) continue;
    for (const channel of RGB) data[at + channel] = 255 + ((data[at + channel] ?? 0) - 255) * opacity;
    data[at + 3] = 255;
  }
  return { ...picture, data };
}

/** The picture with light and dark exchanged. */
export function negated(picture: Picture): Picture {
  return { ...picture, data: picture.data.map((value, i) => (i % 4 === 3 ? value : 255 - value)) };
}

/** The part of a picture inside a box of whole pixels. */
export function cropped({ data, width }: Picture, { left, top, right, bottom }: Box): Picture {
  const kept = new Uint8ClampedArray((right - left) * (bottom - top) * 4);
  for (let y = top; y < bottom; y++) {
    const row = data.subarray((y * width + left) * 4, (y * width + right) * 4);
    kept.set(row, (y - top) * row.length);
  }
  return { width: right - left, height: bottom - top, data: kept };
}

/** The picture turned to the right by 90 degrees, so many times. */
export function turned(picture: Picture, times: number): Picture {
  if (times % 4 === 0) return picture;
  const { width, height, data } = picture;
  const result = new Uint8ClampedArray(data.length);
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < height; x++) {
      const from = ((height - 1 - x) * width + y) * 4;
      result.set(data.subarray(from, from + 4), (y * height + x) * 4);
    }
  }
  return turned({ width: height, height: width, data: result }, (times % 4) - 1);
}
