import type { Images, Sliding } from '../../step/images.ts';
import type { Machine } from '../machine.ts';
import { groupsOf } from './geometry.ts';
import { PANEL_ROW, panelsFor } from './pack.ts';
import { aligned } from './placement.ts';
import { TILE_ROWS } from './product.ts';
import { sumPartials } from './sums.ts';
import { evenly } from './tables.ts';
import { WINOGRAD, WINOGRAD_KERNEL, WINOGRAD_KERNEL_GRADIENT } from './winograd.ts';
import { WINOGRAD_FILTER_GRADIENT } from './winograd-filter-gradient.ts';
import { TILE } from './winograd-lines.ts';
import { tilesPerImage } from './winograd-rule.ts';
import { POINTS, TABLE_BYTES } from './winograd-tiles.ts';

/** Taps of the window that Winograd's tiles are for. */
const TAPS = 9;

/**
 * Tiles that are multiplied at once, a multiple of TILE_ROWS: their transforms stay in the cache, and the kernel is read once for all
 * of them. Twice or half as many make no measurable difference.
 */
const TILES_AT_ONCE = 4 * TILE_ROWS;

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
  const { tables } = machine;
  const pixelBytes = input.channels * 4;
  const rows = tables.rows(`${TILES_AT_ONCE} ${pixelBytes}`, () => evenly(TILES_AT_ONCE, pixelBytes));
  const steps = tables.steps(`${input.channels} 4`, PANEL_ROW, () => evenly(input.channels, 4));
  machine.withScratch(panels * POINTS * panelBytes, (u) => {
    machine.run(WINOGRAD_KERNEL, panels, {
      ...{ source: b, sourceStep: TAPS * panelBytes, sourceStride: panelBytes },
      ...{ target: u, targetStep: POINTS * panelBytes, targetStride: panelBytes, bytes: panelBytes },
    });
    machine.withScratch(machine.threads * tiling.scratchBytes, (scratch) =>
      machine.run(WINOGRAD, Math.ceil(tiling.tiles / TILES_AT_ONCE), {
        ...tiling,
        ...{ x, y, rows: rows.start, steps: steps.start, stepsEnd: steps.end, panels },
        ...{ u, panelBytes, bias, relu: Number(relu), scratch },
      }),
    );
  });
}

/** The gradient of such a convolution with respect to the kernel. */
export function tilesByKernel(
  machine: Machine,
  sliding: Sliding,
  { x, dy, dkernel }: Readonly<Record<'x' | 'dy' | 'dkernel', number>>,
): void {
  const { input, output } = sliding;
  const { groups, perGroup } = groupsOf(input.batch);
  const tiling = tilingOf(sliding);
  const [pixelBytes, rowBytes] = [input.channels * 4, output.channels * 4];
  const pointBytes = input.channels * rowBytes;
  const partialBytes = POINTS * pointBytes;
  const { tables } = machine;
  const rows = tables.rows(`${input.channels} 4`, () => evenly(input.channels, 4));
  const steps = tables.steps(`${TILES_AT_ONCE} ${pixelBytes}`, rowBytes, () => evenly(TILES_AT_ONCE, pixelBytes));
  machine.withScratch(partialBytes, (sum) => {
    machine.withScratch(groups * partialBytes, (partial) => {
      machine.withScratch(machine.threads * tiling.scratchBytes, (scratch) =>
        machine.run(WINOGRAD_FILTER_GRADIENT, groups, {
          ...tiling,
          ...{ x, y: dy, rows: rows.start, rowsEnd: rows.end, steps: steps.start, panels: panelsFor(output.channels) },
          ...{ batch: input.batch, perGroup, partial, partialBytes, pointBytes, scratch },
        }),
      );
      const sizes = { rows: POINTS * input.channels, columns: output.channels, rowBytes };
      sumPartials(machine, { partial, partialBytes, groups, target: sum, ...sizes });
    });
    machine.run(WINOGRAD_KERNEL_GRADIENT, input.channels, {
      ...{ source: sum, sourceStep: rowBytes, sourceStride: pointBytes },
      ...{ target: dkernel, targetStep: rowBytes, targetStride: pointBytes, bytes: rowBytes },
    });
  });
}

/** How images are cut into tiles, and the scratch memory of a thread for it, as fields of the kernels. */
function tilingOf({ input, output, padTop, padLeft }: Sides) {
  const [pixelBytes, outPixelBytes] = [input.channels * 4, output.channels * 4];
  const tilesAcross = Math.ceil(output.width / TILE);
  const each = tilesPerImage(output);
  const outsideBytes = Math.max(pixelBytes, outPixelBytes);
  const [valuesStride, productsStride] = [aligned(TILES_AT_ONCE * pixelBytes), aligned(TILES_AT_ONCE * outPixelBytes)];
  const empty = TABLE_BYTES + aligned(outsideBytes);
  const values = empty + aligned(TILES_AT_ONCE * 4);
  const products = values + POINTS * valuesStride;
  return {
    ...{ height: input.height, width: input.width, pixelBytes, padTop, padLeft },
    ...{ outHeight: output.height, outWidth: output.width, outPixelBytes },
    ...{ tilesAcross, tilesPerImage: each, tilesAtOnce: TILES_AT_ONCE, tiles: output.batch * each },
    ...{ outside: TABLE_BYTES, outsideBytes, empty, values, valuesStride, products, productsStride },
    scratchBytes: aligned(products + POINTS * productsStride),
  };
}
