import type { Size } from './resize.ts';

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
