import type { Images, Sliding } from '../../step/images.ts';
import type { Machine } from '../machine.ts';
import { PANEL_ROW, panelsFor } from './pack.ts';
import { aligned } from './placement.ts';
import { ENTRY, TILE_ROWS } from './product.ts';
import { evenly } from './tables.ts';
import { WINOGRAD, WINOGRAD_KERNEL, WINOGRAD_KERNEL_GRADIENT } from './winograd.ts';
import { WINOGRAD_GRADIENT_PRODUCTS, WINOGRAD_TRANSFORMS } from './winograd-filter-gradient.ts';
import { type Extent, TILE } from './winograd-lines.ts';
import { LISTS, LISTS_BYTES } from './winograd-lists.ts';
import { tilesPerImage } from './winograd-rule.ts';
import { MOST_TILES, POINTS, TABLE_BYTES } from './winograd-tiles.ts';

/** Taps of the window that Winograd's tiles are for. */
const TAPS = 9;

/** Bytes of transforms that a gradient with respect to the kernel is made of at once, so that they stay in the cache. */
const PART_BYTES = 1.5 * 2 ** 20;

/**
 * Tiles whose products are summed at once, before the sum is added to those of others: few enough that the transformed inputs at a point
 * stay in the first cache, and that the sum loses no digits.
 */
const BLOCK_TILES = 48;

/** Images that a window slides over, and what it gives. */
interface Sides {
  readonly input: Images;
  readonly output: Images;
  readonly padTop: number;
  readonly padLeft: number;
}

/** What such a convolution reads and writes, by address. */
interface Tiled extends Sides {
  readonly x: number;
  /** The packed kernel. */
  readonly b: number;
  readonly bias: number;
  readonly relu: boolean;
  readonly y: number;
}

/** A convolution with a window of 3x3 and stride 1 in tiles. */
export function convolveTiles(machine: Machine, { x, b, bias, relu, y, ...sides }: Tiled): void {
  const { input, output } = sides;
  const [panels, panelBytes] = [panelsFor(output.channels), input.channels * PANEL_ROW];
  const tiling = tilingOf(sides);
  const { pixelBytes, outPixelBytes } = tiling;
  const [valuesStride, productsStride] = [aligned(MOST_TILES * pixelBytes), aligned(MOST_TILES * outPixelBytes)];
  const empty = tiling.scratchBytes;
  const lists = empty + aligned(MOST_TILES * 4);
  const values = lists + aligned(LISTS_BYTES);
  const products = values + POINTS * valuesStride;
  const scratchBytes = products + POINTS * productsStride;
  const { tables } = machine;
  const steps = tables.steps(`${input.channels} 4`, PANEL_ROW, () => evenly(input.channels, 4));
  // Points a multiple of 4096 bytes apart would all go to the same few lines of the cache.
  const pointBytes = aligned(panelBytes);
  machine.withScratch(panels * POINTS * pointBytes, (u) => {
    machine.run(WINOGRAD_KERNEL, panels, {
      ...{ source: b, sourceStep: TAPS * panelBytes, sourceStride: panelBytes },
      ...{ target: u, targetStep: POINTS * pointBytes, targetStride: pointBytes, bytes: panelBytes },
    });
    machine.withScratch(machine.threads * scratchBytes, (scratch) =>
      machine.run(WINOGRAD, Math.ceil(tiling.tiles / tiling.tilesAtOnce), {
        ...tiling,
        ...{ x, y, lists, steps: steps.start, stepsEnd: steps.end, panels },
        ...{ u, pointBytes, bias, relu: Number(relu) },
        ...{ empty, values, valuesStride, products, productsStride, scratch, scratchBytes },
      }),
    );
  });
}

/** The gradient of such a convolution with respect to the kernel, some tiles at a time. */
export function tilesByKernel(
  machine: Machine,
  sliding: Sliding,
  { x, dy, dkernel }: Readonly<Record<'x' | 'dy' | 'dkernel', number>>,
): void {
  const { input, output } = sliding;
  const { tiles, ...tiling } = tilingOf(sliding);
  const [pixelBytes, rowBytes] = [input.channels * 4, output.channels * 4];
  const panels = panelsFor(output.channels);
  const pointBytes = aligned(input.channels * rowBytes);
  // At least as much as they are added to, which is read and written again for each part.
  const partBytes = Math.max(PART_BYTES, POINTS * pointBytes);
  const perImage = tiling.tilesPerImage;
  const images = Math.max(1, Math.floor(partBytes / (POINTS * (pixelBytes + rowBytes) * perImage)));
  const atOnce = Math.min(images, input.batch) * perImage;
  const [valuesStride, panelStride] = [aligned(atOnce * pixelBytes), atOnce * PANEL_ROW];
  const gradientsStride = aligned(panels * panelStride);
  const { tables } = machine;
  const rows = tables.rows(`${input.channels} 4`, () => evenly(input.channels, 4));
  const steps = stepsOver(machine, tiling, atOnce);
  machine.withScratch(POINTS * pointBytes, (sum) => {
    machine.withScratch(POINTS * (valuesStride + gradientsStride), (values) => {
      const places = { values, valuesStride, gradients: values + POINTS * valuesStride, gradientsStride, panelStride };
      for (let firstTile = 0; firstTile < tiles; firstTile += atOnce) {
        const count = Math.min(atOnce, tiles - firstTile);
        machine.withScratch(machine.threads * tiling.scratchBytes, (scratch) =>
          machine.run(WINOGRAD_TRANSFORMS, Math.ceil(count / tiling.tilesAtOnce), {
            ...{ ...tiling, ...places, x, y: dy, firstTile, tiles: firstTile + count, scratch },
          }),
        );
        machine.withScratch(machine.threads * pointBytes, (scratch) =>
          machine.run(WINOGRAD_GRADIENT_PRODUCTS, POINTS, {
            ...{ ...places, panels, rows: rows.start, rowsEnd: rows.end },
            ...{ short: tiling.short, ...steps(count), blockBytes: BLOCK_TILES * ENTRY },
            ...{ sum, pointBytes, rowBytes, begins: Number(firstTile === 0), scratch, scratchBytes: pointBytes },
          }),
        );
      }
    });
    machine.run(WINOGRAD_KERNEL_GRADIENT, input.channels, {
      ...{ source: sum, sourceStep: rowBytes, sourceStride: pointBytes },
      ...{ target: dkernel, targetStep: rowBytes, targetStride: input.channels * rowBytes, bytes: rowBytes },
    });
  });
}

/** How images are cut into tiles, and the scratch memory of a thread for a table of addresses, as fields of the kernels. */
function tilingOf({ input, output, padTop, padLeft }: Sides) {
  const [pixelBytes, outPixelBytes] = [input.channels * 4, output.channels * 4];
  const each = tilesPerImage(output);
  const outsideBytes = Math.max(pixelBytes, outPixelBytes);
  return {
    ...{ height: input.height, width: input.width, pixelBytes, padTop, padLeft },
    ...{ outHeight: output.height, outWidth: output.width, outPixelBytes },
    ...{ tilesAcross: Math.ceil(output.width / TILE), tilesPerImage: each },
    ...{ short: shortOf(output), tiles: output.batch * each, tilesAtOnce: chunkTiles(output.batch * each) },
    ...{ outside: TABLE_BYTES, outsideBytes, scratchBytes: TABLE_BYTES + aligned(outsideBytes) },
  };
}

/** Tiles of a chunk: less than the most where there are few in all, so that threads get even shares of ten chunks. */
function chunkTiles(tiles: number): number {
  return Math.min(Math.max(Math.floor(tiles / (10 * TILE_ROWS)), 1) * TILE_ROWS, MOST_TILES);
}

/**
 * The extent of the last tiles of an image, down and across: the least that covers what is left over; that of all others where it is
 * in one direction.
 */
function shortOf({ height, width }: Images): Extent {
  const left = [height, width].map((extent) => (extent % TILE === 0 ? TILE : extent % TILE));
  const most = Math.max(...left);
  return most === TILE || most === 3 ? most : 2;
}

type Tiling = ReturnType<typeof tilingOf>;

/** The steps over tiles of whole images, `atOnce` at most, for each list, as fields of WINOGRAD_GRADIENT_PRODUCTS. */
function stepsOver(
  machine: Machine,
  { tilesAcross, tilesPerImage, short, pixelBytes }: Omit<Tiling, 'tiles'>,
  atOnce: number,
) {
  const listed = LISTS.map(({ low, right }) =>
    evenly(tilesPerImage, 1).filter((tile) => {
      const isLow = tile >= tilesPerImage - tilesAcross;
      const isRight = tile % tilesAcross === tilesAcross - 1;
      return short === TILE || ((low || !isLow) && (right || !isRight));
    }),
  );
  const key = `tiles ${tilesAcross} ${tilesPerImage} ${short} ${atOnce} ${pixelBytes}`;
  const { start } = machine.tables.stepPairs(key, () =>
    listed.flatMap((places) => {
      const all = evenly(atOnce / tilesPerImage, tilesPerImage).flatMap((first) =>
        places.map((place) => first + place),
      );
      return evenly(atOnce, 1).map((i) => [(all[i] ?? 0) * pixelBytes, (all[i] ?? 0) * PANEL_ROW]);
    }),
  );
  return (tiles: number) => {
    const [steps0 = 0, steps1 = 0, steps2 = 0, steps3 = 0] = listed.map(
      ({ length }) => length * (tiles / tilesPerImage) * ENTRY,
    );
    return { steps: start, stepsStride: atOnce * ENTRY, steps0, steps1, steps2, steps3 };
  };
}
