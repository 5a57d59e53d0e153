import type { Images, Sliding } from '../../step/images.ts';
import { TILE_COLUMNS } from './product.ts';
import { TILE } from './winograd-lines.ts';

/** With fewer channels or filters, transforms take as long as the products that they save. */
const FEWEST_CHANNELS = 16;

/** Tiles hang over the edge of an image; less than this share of them inside it does not pay. */
const LEAST_FILLED = 3 / 8;

/** Fewer tiles than this share of channels and filters together do not make up for the transform of the kernel. */
const TILES_PER_CHANNEL = 1 / 8;

/** With more weights than these, at each of the 9 taps, the sums of the filter gradient would take more than 75 MB. */
const MOST_WEIGHTS = 2 ** 18;

/** Tiles that cover an image. */
export function tilesPerImage({ height, width }: Images): number {
  return Math.ceil(height / TILE) * Math.ceil(width / TILE);
}

/** Whether a convolution is faster in tiles, as measured (README.md). */
export function forwardInTiles(sliding: Sliding): boolean {
  return fits(sliding) && pays(sliding.output, sliding.input);
}

/** Whether its gradient with respect to the input is. */
export function inputGradientInTiles(sliding: Sliding): boolean {
  return fits(sliding) && pays(sliding.input, sliding.output);
}

/** Whether its gradient with respect to the kernel is. */
export function filterGradientInTiles(sliding: Sliding): boolean {
  const { input, output } = sliding;
  return fits(sliding) && pays(output, input) && input.channels * output.channels <= MOST_WEIGHTS;
}

function pays(result: Images, { channels }: Images): boolean {
  const tiles = result.batch * tilesPerImage(result);
  return filled(result) >= LEAST_FILLED && tiles >= (channels + result.channels) * TILES_PER_CHANNEL;
}

function filled(images: Images): number {
  return (images.height * images.width) / (tilesPerImage(images) * TILE ** 2);
}

function fits({ input, output, window }: Sliding): boolean {
  const counts = [input.channels, output.channels];
  return (
    window.size === 3 &&
    window.strides === 1 &&
    window.dilation === 1 &&
    counts.every((count) => count >= FEWEST_CHANNELS && count % TILE_COLUMNS === 0)
  );
}
