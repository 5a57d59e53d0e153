import type { Picture } from './picture.ts';
import { type Box, fittedSize, type Size } from './resize.ts';

/** How a picture of any size becomes a sample of a data set of pictures. */
export interface SampleForm {
  /** Height and width of a sample, in pixels. */
  readonly side: number;
  /** 1 for gray, 3 for red, green and blue. */
  readonly channels: 1 | 3;
  /** A picture that is not square: all of it with black edges, or the largest square in its middle. */
  readonly fit: 'fit' | 'crop';
}

/** The sides that samples may have, in pixels: more takes long to train in a page. */
export const SAMPLE_SIDES: readonly number[] = [28, 32, 48, 64];

/** A picture as a sample: scaled by averaging areas, on white where it was transparent: [side, side, channels], 0 ... 255. */
export function sampleOf(picture: Picture, { side, channels, fit }: SampleForm): Uint8Array<ArrayBuffer> {
  const box =
    fit === 'crop' ? middleSquare(picture) : { left: 0, top: 0, right: picture.width, bottom: picture.height };
  const { width, height } =
    fit === 'crop' ? { width: side, height: side } : fittedSize(box, { width: side, height: side });
  const means = areaMeans(picture, box, { width, height });
  const sample = new Uint8Array(side * side * channels);
  const [left, top] = [Math.floor((side - width) / 2), Math.floor((side - height) / 2)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 3;
      const to = ((top + y) * side + left + x) * channels;
      const [red = 0, green = 0, blue = 0] = means.subarray(from, from + 3);
      if (channels === 1) sample[to] = Math.round(luma(red, green, blue));
      else {
        sample[to] = Math.round(red);
        sample[to + 1] = Math.round(green);
        sample[to + 2] = Math.round(blue);
      }
    }
  }
  return sample;
}

/** How bright a colour is, by the weights of Rec. 601, which Pillow, torchvision and TensorFlow use too. */
function luma(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

function middleSquare({ width, height }: Size): Box {
  const edge = Math.min(width, height);
  const [left, top] = [Math.floor((width - edge) / 2), Math.floor((height - edge) / 2)];
  return { left, top, right: left + edge, bottom: top + edge };
}

/**
 * Red, green and blue of a picture inside a box, averaged over areas: [height, width, 3]. As `scaled` of resize.ts, but of
 * all colours in one pass over the pixels, because data sets have many pictures.
 */
function areaMeans(picture: Picture, box: Box, { width, height }: Size): Float64Array {
  const columns = overlaps(box.left, box.right, width);
  const means = new Float64Array(width * height * 3);
  const row = new Float64Array(width * 3);
  let summed = -1;
  for (const { source, target, share } of overlaps(box.top, box.bottom, height)) {
    if (source !== summed) sumRow(row, picture, source, columns);
    summed = source;
    const start = target * row.length;
    for (let i = 0; i < row.length; i++) means[start + i] = (means[start + i] ?? 0) + share * (row[i] ?? 0);
  }
  return means;
}

/** Adds the pixels of a row of a picture to those of a narrower or wider row: [width, 3]. */
function sumRow(row: Float64Array, { data, width }: Picture, y: number, columns: readonly Overlap[]): void {
  row.fill(0);
  for (const { source, target, share } of columns) {
    const at = (y * width + source) * 4;
    const opaque = (share * (data[at + 3] ?? 255)) / 255;
    const white = 255 * (share - opaque);
    const to = target * 3;
    row[to] = (row[to] ?? 0) + opaque * (data[at] ?? 0) + white;
    row[to + 1] = (row[to + 1] ?? 0) + opaque * (data[at + 1] ?? 0) + white;
    row[to + 2] = (row[to + 2] ?? 0) + opaque * (data[at + 2] ?? 0) + white;
  }
}

/** A pixel along one edge, a pixel of the scaled edge that lies on it, and which share of that one it is. */
interface Overlap {
  readonly source: number;
  readonly target: number;
  readonly share: number;
}

/** How the pixels from `from` to below `to` become `count` pixels; in the order of the sources. */
function overlaps(from: number, to: number, count: number): readonly Overlap[] {
  const extent = (to - from) / count;
  const found: Overlap[] = [];
  for (let source = from; source < to; source++) {
    const first = Math.floor((source - from) / extent);
    for (let target = first; target < count && from + target * extent < source + 1; target++) {
      const start = from + target * extent;
      const share = (Math.min(source + 1, start + extent) - Math.max(source, start)) / extent;
      if (share > 0) found.push({ source, target, share });
    }
  }
  return found;
}
