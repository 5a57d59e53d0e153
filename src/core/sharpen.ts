import { type Picture, pictureOf, RGB } from './picture.ts';

/**
 * Sharpening "with a Gaussian operator of the radius and standard deviation of 1.0, with increasing effect near outlines":
 * the data set's authors quote ImageMagick's manual on `-adaptive-sharpen 1x1`, and this is what that does.
 */

/** A 3x3 kernel, row by row. */
type Kernel = readonly number[];

const GAUSSIAN: Kernel = [1, 0, 1].flatMap((y) => [1, 0, 1].map((x) => Math.exp(-(x + y) / 2)));

const BLUR: Kernel = scaledToSum(GAUSSIAN);

/** A Gaussian taken away from its own sum twice over. */
const SHARPEN: Kernel = scaledToSum(GAUSSIAN.map((weight, i) => (i === 4 ? 2 * total(GAUSSIAN) : -weight)));

const EDGES: Kernel = Array.from({ length: 9 }, (_, i) => (i === 4 ? 8 : -1));

/** The picture, sharpened where it has outlines. */
export function sharpened(picture: Picture): Picture {
  const { width, height, data } = picture;
  const planes = RGB.map((channel) => planeOf(picture, channel));
  const edges = planes.map((plane) => levelled(convolved(levelled(convolved(plane, width, EDGES)), width, BLUR)));
  const sharp = planes.map((plane) => convolved(plane, width, SHARPEN));
  return pictureOf({ width, height }, (x, y) => {
    const at = y * width + x;
    const strength = 0.2126 * value(edges, 0, at) + 0.7152 * value(edges, 1, at) + 0.0722 * value(edges, 2, at);
    return strength > 127.5 ? RGB.map((channel) => value(sharp, channel, at)) : data.subarray(at * 4, at * 4 + 3);
  });
}

function value(planes: readonly Float64Array[], channel: number, at: number): number {
  return planes[channel]?.[at] ?? 0;
}

function planeOf({ data }: Picture, channel: number): Float64Array {
  return Float64Array.from({ length: data.length / 4 }, (_, i) => data[i * 4 + channel] ?? 0);
}

/** A plane through a kernel, cut to 0 ... 255; outside, its edge goes on. */
function convolved(plane: Float64Array, width: number, kernel: Kernel): Float64Array {
  const height = plane.length / width;
  const at = (x: number, y: number) =>
    plane[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))] ?? 0;
  return plane.map((_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const sum = kernel.reduce((so, weight, k) => so + weight * at(x + (k % 3) - 1, y + Math.floor(k / 3) - 1), 0);
    return Math.min(255, Math.max(0, sum));
  });
}

/** A plane stretched to 0 ... 255; a flat one stays as it is. */
function levelled(plane: Float64Array): Float64Array {
  const [lowest, highest] = [Math.min(...plane), Math.max(...plane)];
  return highest > lowest ? plane.map((value) => ((value - lowest) * 255) / (highest - lowest)) : plane;
}

function total(kernel: Kernel): number {
  return kernel.reduce((sum, weight) => sum + weight, 0);
}

function scaledToSum(kernel: Kernel): Kernel {
  return kernel.map((weight) => weight / total(kernel));
}
