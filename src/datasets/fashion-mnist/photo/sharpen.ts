import { type Picture, pictureOf, RGB } from '../../../core/imaging/picture.ts';

/** A 3x3 kernel, row by row. */
type Kernel = readonly number[];

const GAUSSIAN: Kernel = [1, 0, 1].flatMap((y) => [1, 0, 1].map((x) => Math.exp(-(x + y) / 2)));

/** A Gaussian of radius and sigma 1, negated, with twice its sum in the centre: ImageMagick's `-sharpen 1x1`. */
const SHARPEN: Kernel = scaledToSum(GAUSSIAN.map((weight, i) => (i === 4 ? 2 * total(GAUSSIAN) : -weight)));

/** The sharpened picture. Beyond the border, the pixels of the border are repeated. */
export function sharpened(picture: Picture): Picture {
  const { width, height, data } = picture;
  return pictureOf(picture, (x, y) =>
    RGB.map((channel) =>
      SHARPEN.reduce((sum, weight, i) => {
        const column = Math.min(width - 1, Math.max(0, x + (i % 3) - 1));
        const row = Math.min(height - 1, Math.max(0, y + Math.floor(i / 3) - 1));
        return sum + weight * (data[(row * width + column) * 4 + channel] ?? 0);
      }, 0),
    ),
  );
}

function total(kernel: Kernel): number {
  return kernel.reduce((sum, weight) => sum + weight, 0);
}

function scaledToSum(kernel: Kernel): Kernel {
  return kernel.map((weight) => weight / total(kernel));
}
