import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { at } from '../../../core/at.ts';
import type { Window } from '../../../core/network/layers/window.ts';
import { type Images, type Sliding, shapeOf } from '../../step/images.ts';
import type { Machine } from '../machine.ts';
import type { Operation, Options } from '../operation.ts';
import { addressOf, newTensor, wasmBackend } from '../tensors.ts';
import { reluGradient } from './arithmetic.ts';
import { phasesOf } from './conv2d-phases.ts';
import { CONVOLUTION, CONVOLUTION_FILTER_GRADIENT } from './convolution.ts';
import { groupsOf, imageBytes, slidingOf } from './geometry.ts';
import { withBias, withPacked } from './multiply.ts';
import { PANEL_ROW, panelsFor } from './pack.ts';
import {
  aligned,
  forBackward,
  forPhases,
  forWindow,
  imagesAtOnce,
  type Placement,
  placedBytes,
  placementFields,
  scratchFor,
} from './placement.ts';
import { ENTRY, TILE_COLUMNS } from './product.ts';
import { columnSums, sumPartials } from './sums.ts';
import { evenly, inEach, type Pairs, stopOffsets, stopsKey, type Table, tapOffsets, tapsKey } from './tables.ts';
import { convolveTiles, tilesByKernel } from './winograd-conv2d.ts';
import { filterGradientInTiles, forwardInTiles, inputGradientInTiles } from './winograd-rule.ts';

/** Outputs that the filter gradient takes at a time, so that they stay in the cache. */
const BLOCK_OUTPUTS = 256;

/** Stops of several images that are multiplied together, at most, or are summed together for a kernel's gradient. */
const STOPS_AT_ONCE = 128;
const SUMMED_AT_ONCE = 64;

/**
 * From how many bytes on a kernel's gradient is cut by its filters in place of the batch's images: partial sums of groups would take
 * eight times as much memory. Each band places the images again, which is little beside the products of so many filters.
 */
const WIDE_BYTES = 4 * 2 ** 20;

/** Enough that threads get even shares, and that a pause waits for a small part. */
const MOST_BANDS = 64;

/**
 * A convolution with bias, negative results set to 0 where `relu` is 1. x: [n, height, width, in], kernel:
 * [size, size, in, filters], bias: [filters] or none. Options: strides, dilation, same (padding: 1, or 0 for valid).
 */
export const conv2d: Operation = {
  name: 'FusedConvolution',
  forward: (inputs, options) => {
    const [x, kernel] = [inputs.get('x'), inputs.get('kernel')];
    return convolve(x, kernel, inputs.find('bias'), slidingFor(x, kernel, options), options.get('relu') === 1);
  },
  saved: { inputs: ['x', 'kernel'], outputs: [true] },
  gradients: (dy, [x = dy, kernel = dy, y = dy], options) => {
    const sliding = slidingFor(x, kernel, options);
    const sums = options.get('relu') === 1 ? reluGradient(dy, y) : dy;
    return {
      x: () => byInput(sums, kernel, sliding),
      kernel: () => byKernel(x, sums, kernel.shape, sliding),
      bias: () => columnSums(sums),
    };
  },
};

function slidingFor(x: TensorInfo, kernel: TensorInfo, options: Options): Sliding {
  return slidingOf(x, kernel, at(kernel.shape, 3), options);
}

/** What a convolution reads and writes, by address. */
interface ConvolutionPlaces {
  readonly x: number;
  readonly kernel: number;
  readonly bias: number | null;
  readonly relu: boolean;
  readonly y: number;
}

/** Slides the kernel over images in memory. */
export function convolutionForward(machine: Machine, sliding: Sliding, at: ConvolutionPlaces): void {
  const { input, output, window, padTop, padLeft } = sliding;
  const depth = window.size ** 2 * input.channels;
  const columns = { count: output.channels, stride: 4 };
  const packing = { source: at.kernel, taps: 1, tapStride: 0, depth, depthStride: output.channels * 4, columns };
  const { x, relu, y } = at;
  withPacked(machine, packing, (b) =>
    withBias(machine, at.bias, output.channels, (bias) =>
      forwardInTiles(sliding)
        ? convolveTiles(machine, { x, input, padTop, padLeft, output, b, bias, relu, y })
        : slide(machine, { x, input, placement: forWindow(sliding), window, output, b, bias, relu, y }),
    ),
  );
}

/** The gradient with respect to the input: the flipped window slides over the gradient of the outputs. */
export function convolutionByInput(
  machine: Machine,
  sliding: Sliding,
  { dy, kernel, dx }: Readonly<Record<'dy' | 'kernel' | 'dx', number>>,
): void {
  const { input, output, window, padTop, padLeft } = sliding;
  const taps = window.size ** 2;
  const tapStride = input.channels * output.channels * 4;
  const packing = {
    source: kernel + (taps - 1) * tapStride,
    taps,
    tapStride: -tapStride,
    depth: output.channels,
    depthStride: 4,
    columns: { count: input.channels, stride: output.channels * 4 },
  };
  const turned = { ...window, strides: 1 };
  withPacked(machine, packing, (b) =>
    withBias(machine, null, input.channels, (bias) => {
      const places = { x: dy, input: output, output: input, b, bias, relu: false, y: dx };
      if (inputGradientInTiles(sliding))
        convolveTiles(machine, { ...places, padTop: 2 - padTop, padLeft: 2 - padLeft });
      else if (window.strides > 1 && input.channels % TILE_COLUMNS === 0) slideByPhases(machine, sliding, places);
      else slide(machine, { ...places, placement: forBackward(sliding), window: turned });
    }),
  );
}

/** The gradient with respect to the kernel. */
export function convolutionByKernel(
  machine: Machine,
  sliding: Sliding,
  { x, dy, dkernel }: Readonly<Record<'x' | 'dy' | 'dkernel', number>>,
): void {
  if (filterGradientInTiles(sliding)) {
    tilesByKernel(machine, sliding, { x, dy, dkernel });
    return;
  }
  const { input, output, window } = sliding;
  const rows = window.size ** 2 * input.channels;
  const panels = panelsFor(output.channels);
  const rowBytes = panels * PANEL_ROW;
  const partialBytes = rows * rowBytes;
  const cut = partialBytes > WIDE_BYTES ? inBands(panels, input.batch) : { ...groupsOf(input.batch), perBand: panels };
  const { groups } = cut;
  machine.withScratch(groups * partialBytes, (partial) => {
    sumGroups(machine, x, dy, sliding, { ...cut, partial, partialBytes });
    const sums = { partial, partialBytes, groups, rowBytes, target: dkernel, rows, columns: output.channels };
    sumPartials(machine, sums);
  });
}

function convolve(x: TensorInfo, kernel: TensorInfo, bias: TensorInfo | null, sliding: Sliding, relu: boolean): Tensor {
  const { tensor, address } = newTensor(shapeOf(sliding.output));
  const places = { x: addressOf(x), kernel: addressOf(kernel), bias: bias && addressOf(bias), relu, y: address };
  convolutionForward(wasmBackend().machine, sliding, places);
  return tensor;
}

function byInput(dy: Tensor, kernel: Tensor, sliding: Sliding): Tensor {
  const { tensor, address } = newTensor(shapeOf(sliding.input));
  const places = { dy: addressOf(dy), kernel: addressOf(kernel), dx: address };
  convolutionByInput(wasmBackend().machine, sliding, places);
  return tensor;
}

function byKernel(x: Tensor, dy: Tensor, shape: number[], sliding: Sliding): Tensor {
  const { tensor, address } = newTensor(shape);
  const places = { x: addressOf(x), dy: addressOf(dy), dkernel: address };
  convolutionByKernel(wasmBackend().machine, sliding, places);
  return tensor;
}

/** What a window slides over, and where its results go. */
interface Places {
  readonly x: number;
  readonly input: Images;
  readonly output: Images;
  /** The packed kernel. */
  readonly b: number;
  readonly bias: number;
  readonly relu: boolean;
  readonly y: number;
}

interface Slide extends Places {
  readonly placement: Placement;
  readonly window: Window;
}

function slide(machine: Machine, { placement, window, ...places }: Slide): void {
  const { tables } = machine;
  const { placedRow, pixelBytes } = placement;
  const images = atOnce(places.output);
  const rows = tables.rows(`${images} ${stopsKey(places.output, window, placement)}`, () =>
    inEach(images, placedBytes(placement), stopOffsets(places.output, window.strides, placedRow, pixelBytes)),
  );
  const steps = tables.steps(tapsKey(window, placement), PANEL_ROW, () =>
    tapOffsets(window, placedRow, places.input.channels),
  );
  multiplyWindows(machine, places, { placement, images, size: window.size, rows, steps });
}

/** The gradient by a window with a stride: see `phasesOf`. */
function slideByPhases(machine: Machine, sliding: Sliding, places: Places): void {
  const { input, window, padTop, padLeft } = sliding;
  const placement = forPhases(sliding);
  const images = atOnce(input);
  const inAll = (pairs: Pairs) =>
    evenly(images, 1).flatMap((image) =>
      pairs.map(([offset = 0, row = 0]) => [
        image * placedBytes(placement) + offset,
        image * input.height * input.width + row,
      ]),
    );
  const key = `phases ${images} ${input.height} ${padTop} ${padLeft} ${stopsKey(input, window, placement)} ${window.size}`;
  for (const [i, phase] of phasesOf(sliding, placement).entries()) {
    const rows = machine.tables.rowPairs(`${key} ${i}`, () => inAll(phase.rows()));
    const steps = machine.tables.stepPairs(`${key} ${i}`, phase.steps);
    multiplyWindows(machine, places, { placement, images, size: window.size, rows, steps });
  }
}

/** Images that a window slides over together: few enough that threads get even shares. */
function atOnce(output: Images): number {
  return imagesAtOnce(output, groupsOf(output.batch).perGroup, STOPS_AT_ONCE);
}

interface Windows {
  readonly placement: Placement;
  readonly images: number;
  readonly size: number;
  readonly rows: Table;
  readonly steps: Table;
}

function multiplyWindows(machine: Machine, places: Places, { placement, images, size, rows, steps }: Windows): void {
  const { x, input, output, b, bias, relu, y } = places;
  const stops = images * output.height * output.width;
  const tail = scratchFor(placement, images);
  const scratchBytes = tail + aligned(stops * PANEL_ROW);
  machine.withScratch(machine.threads * scratchBytes, (scratch) =>
    machine.run(CONVOLUTION, input.batch / images, {
      ...{ x, imageBytes: imageBytes(input), imagesAtOnce: images, ...placementFields(placement) },
      ...{ rows: rows.start, rowsEnd: rows.end, rowCount: stops, steps: steps.start, stepsEnd: steps.end },
      ...{ b, panels: panelsFor(output.channels), panelBytes: size ** 2 * input.channels * PANEL_ROW },
      ...{ y, filters: output.channels, bias, relu: Number(relu), scratch, scratchBytes, tail },
    }),
  );
}

/** A wide kernel's gradient is added up once, in at most so many bands. */
function inBands(panels: number, batch: number): Omit<Groups, 'partial' | 'partialBytes'> {
  return { groups: 1, perGroup: batch, perBand: Math.ceil(panels / MOST_BANDS) };
}

interface Groups {
  readonly partial: number;
  readonly partialBytes: number;
  readonly perGroup: number;
  readonly groups: number;
  /** Panels of a band. */
  readonly perBand: number;
}

function sumGroups(
  machine: Machine,
  x: number,
  dy: number,
  sliding: Sliding,
  { partial, partialBytes, perGroup, groups, perBand }: Groups,
): void {
  const { input, output, window } = sliding;
  const { tables } = machine;
  const placement = forWindow(sliding);
  const { placedRow, pixelBytes } = placement;
  const filterBytes = output.channels * 4;
  const rows = tables.rows(tapsKey(window, placement), () => tapOffsets(window, placedRow, input.channels));
  const images = imagesAtOnce(output, perGroup, SUMMED_AT_ONCE);
  const steps = tables.steps(`${images} ${stopsKey(output, window, placement)}`, filterBytes, () =>
    inEach(images, placedBytes(placement), stopOffsets(output, window.strides, placedRow, pixelBytes)),
  );
  const scratchBytes = scratchFor(placement, images);
  const panels = panelsFor(output.channels);
  const bands = Math.ceil(panels / perBand);
  machine.withScratch(machine.threads * scratchBytes, (scratch) =>
    machine.run(CONVOLUTION_FILTER_GRADIENT, groups * bands, {
      ...{ x, imageBytes: imageBytes(input), imagesAtOnce: images, ...placementFields(placement) },
      ...{ rows: rows.start, rowsEnd: rows.end, steps: steps.start, stepsEnd: steps.end },
      ...{ blockBytes: BLOCK_OUTPUTS * ENTRY, dy, outputs: output.height * output.width, filters: output.channels },
      ...{ panels, bands, perBand, batch: input.batch, perGroup, partial, partialBytes, scratch, scratchBytes },
    }),
  );
}
