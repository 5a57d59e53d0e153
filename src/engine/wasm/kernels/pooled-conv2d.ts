import { at } from '../../../core/at.ts';
import type { Images, Sliding } from '../../step/images.ts';
import type { Machine } from '../machine.ts';
import { groupsOf, imageBytes } from './geometry.ts';
import { withBias, withPacked } from './multiply.ts';
import { PANEL_ROW, panelsFor } from './pack.ts';
import { forWindow, placementFields, scratchFor } from './placement.ts';
import { POOLED_CONVOLUTION } from './pooled-convolution.ts';
import { POOLED_FILTER_GRADIENT, TAPS_AT_ONCE } from './pooled-filter-gradient.ts';
import { TILE_COLUMNS } from './product.ts';
import { sumPartials } from './sums.ts';
import { evenly, type Pairs, stopOffsets, stopsKey, tapOffsets, tapsKey } from './tables.ts';
import { filterGradientInTiles, forwardInTiles } from './winograd-rule.ts';

/** With more taps times channels the products take so long that passes through memory hardly count. */
const MOST_TAPS = 64;

/** A convolution whose outputs only a max pooling reads. */
export interface PooledConvolution {
  readonly sliding: Sliding;
  /** The windows of the pooling. */
  readonly pooled: Images;
}

/** Whether a convolution and a max pooling of its outputs can be done in one, and are faster so (README.md). */
export function poolsAtOnce(sliding: Sliding, pool: Sliding): boolean {
  const { input, output, window } = sliding;
  const depth = window.size ** 2 * input.channels;
  return (
    isTiled(pool) &&
    output.channels % TILE_COLUMNS === 0 &&
    depth <= MOST_TAPS &&
    !forwardInTiles(sliding) &&
    !filterGradientInTiles(sliding)
  );
}

/** Whether windows of 2x2 stand side by side, all of them whole. */
function isTiled({ input, output, window, padTop, padLeft }: Sliding): boolean {
  const isWhole = 2 * output.height <= input.height && 2 * output.width <= input.width;
  return window.size === 2 && window.strides === 2 && padTop === 0 && padLeft === 0 && isWhole;
}

/** What the convolution reads and writes, by address. */
interface Places {
  readonly x: number;
  readonly kernel: number;
  readonly bias: number | null;
  readonly relu: boolean;
  readonly y: number;
  /** Which pixel of its window each value of y comes from, where that is asked for. */
  readonly argmax: number | null;
}

/** Slides the kernel over images in memory, and keeps the largest value of each window of the pooling. */
export function pooledForward(machine: Machine, { sliding, pooled }: PooledConvolution, places: Places): void {
  const { input, output, window } = sliding;
  const { x, relu, y } = places;
  const argmax = places.argmax ?? 0;
  const { channels: filters } = output;
  const depth = window.size ** 2 * input.channels;
  const columns = { count: filters, stride: 4 };
  const packing = { source: places.kernel, taps: 1, tapStride: 0, depth, depthStride: filters * 4, columns };
  const placement = forWindow(sliding);
  const { placedRow } = placement;
  const [across, down] = stepsOf({ sliding, pooled });
  const rows = machine.tables.stepPairs(`pixels ${windowsKey({ sliding, pooled })}`, () =>
    windowOffsets({ sliding, pooled }).flatMap((first, number) =>
      [first, first + across, first + down, first + down + across].map((offset) => [offset, number]),
    ),
  );
  const steps = machine.tables.steps(tapsKey(window, placement), PANEL_ROW, () =>
    tapOffsets(window, placedRow, input.channels),
  );
  const scratchBytes = scratchFor(placement);
  withPacked(machine, packing, (b) =>
    withBias(machine, places.bias, filters, (bias) =>
      machine.withScratch(machine.threads * scratchBytes, (scratch) =>
        machine.run(POOLED_CONVOLUTION, input.batch, {
          ...{ x, imageBytes: imageBytes(input), ...placementFields(placement) },
          ...{ rows: rows.start, rowsEnd: rows.end, steps: steps.start, stepsEnd: steps.end },
          ...{ b, panels: panelsFor(filters), panelBytes: depth * PANEL_ROW },
          ...{ y, argmax, outputBytes: imageBytes(pooled), filters, bias, relu: Number(relu), scratch, scratchBytes },
        }),
      ),
    ),
  );
}

/** The gradient with respect to the kernel, from that of the pooled values. */
export function pooledByKernel(
  machine: Machine,
  { sliding, pooled }: PooledConvolution,
  { x, argmax, dy, dkernel }: Readonly<Record<'x' | 'argmax' | 'dy' | 'dkernel', number>>,
): void {
  const { input, output, window } = sliding;
  const { tables } = machine;
  const placement = forWindow(sliding);
  const { placedRow } = placement;
  const rowBytes = output.channels * 4;
  const offsets = tapOffsets(window, placedRow, input.channels);
  const taps = tables.stepPairs(`filled ${tapsKey(window, placement)}`, () => filled(offsets));
  const windows = tables.steps(`windows ${windowsKey({ sliding, pooled })}`, rowBytes, () =>
    windowOffsets({ sliding, pooled }),
  );
  const [across, down] = stepsOf({ sliding, pooled });
  const { groups, perGroup } = groupsOf(input.batch);
  const partialBytes = offsets.length * rowBytes;
  const scratchBytes = scratchFor(placement);
  machine.withScratch(groups * partialBytes, (partial) => {
    machine.withScratch(machine.threads * scratchBytes, (scratch) =>
      machine.run(POOLED_FILTER_GRADIENT, groups, {
        ...{ x, imageBytes: imageBytes(input), ...placementFields(placement) },
        ...{ taps: taps.start, tapsEnd: taps.end, windows: windows.start, windowsEnd: windows.end, across, down },
        ...{ dy, argmax, outputBytes: imageBytes(pooled), filters: output.channels, batch: input.batch, perGroup },
        ...{ partial, partialBytes, scratch, scratchBytes },
      }),
    );
    const sums = { partial, partialBytes, groups, rowBytes, target: dkernel };
    sumPartials(machine, { ...sums, rows: offsets.length, columns: output.channels });
  });
}

/** Bytes from the first pixel of a window to the second and to the third, as the convolution's kernel stops at them. */
function stepsOf({ sliding }: PooledConvolution): readonly [across: number, down: number] {
  const { placedRow, pixelBytes } = forWindow(sliding);
  const { strides } = sliding.window;
  return [strides * pixelBytes, strides * placedRow];
}

/** The place of the first pixel of each window. */
function windowOffsets({ sliding, pooled }: PooledConvolution): readonly number[] {
  const { placedRow, pixelBytes } = forWindow(sliding);
  return stopOffsets(pooled, 2 * sliding.window.strides, placedRow, pixelBytes);
}

function windowsKey({ sliding, pooled }: PooledConvolution): string {
  return stopsKey(pooled, { ...sliding.window, strides: 2 * sliding.window.strides }, forWindow(sliding));
}

/** Taps with their numbers, the last repeated until there are as many as are taken at once. */
function filled(offsets: readonly number[]): Pairs {
  const count = Math.ceil(offsets.length / TAPS_AT_ONCE) * TAPS_AT_ONCE;
  const numbers = evenly(count, 1).map((i) => Math.min(i, offsets.length - 1));
  return numbers.map((number) => [at(offsets, number), number]);
}
