import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { at } from '../../../core/at.ts';
import type { Window } from '../../../core/network/layers/window.ts';
import type { Operation, Options } from '../operation.ts';
import { addressOf, newTensor, wasmBackend, withScratch } from '../tensors.ts';
import { reluGradient } from './arithmetic.ts';
import { CONVOLUTION, CONVOLUTION_FILTER_GRADIENT } from './convolution.ts';
import { groupsOf, type Images, imageBytes, type Sliding, shapeOf, slidingOf } from './geometry.ts';
import { withBias, withPacked } from './multiply.ts';
import { PANEL_ROW, panelsFor } from './pack.ts';
import { aligned, forWayBack, forWindow, type Placement, placementFields, scratchFor } from './placement.ts';
import { ENTRY } from './product.ts';
import { columnSums, sumPartials } from './sums.ts';
import { stopOffsets, stopsKey, tapOffsets, tapsKey } from './tables.ts';

/** Outputs that the filter gradient takes at a time, so that they stay in the cache. */
const BLOCK_OUTPUTS = 256;

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

function convolve(x: TensorInfo, kernel: TensorInfo, bias: TensorInfo | null, sliding: Sliding, relu: boolean): Tensor {
  const { input, output, window } = sliding;
  const { tensor, address } = newTensor(shapeOf(output));
  const depth = window.size ** 2 * input.channels;
  const columns = { count: output.channels, stride: 4 };
  const packing = {
    source: addressOf(kernel),
    taps: 1,
    tapStride: 0,
    depth,
    depthStride: output.channels * 4,
    columns,
  };
  withPacked(packing, (b) =>
    withBias(bias && addressOf(bias), output.channels, (padded) =>
      slide({
        x: addressOf(x),
        input,
        placement: forWindow(sliding),
        window,
        output,
        b,
        bias: padded,
        relu,
        y: address,
      }),
    ),
  );
  return tensor;
}

/** The gradient with respect to the input: the flipped window slides over the gradient of the outputs. */
function byInput(dy: Tensor, kernel: Tensor, sliding: Sliding): Tensor {
  const { input, output, window } = sliding;
  const { tensor, address } = newTensor(shapeOf(input));
  const taps = window.size ** 2;
  const tapStride = input.channels * output.channels * 4;
  const packing = {
    source: addressOf(kernel) + (taps - 1) * tapStride,
    taps,
    tapStride: -tapStride,
    depth: output.channels,
    depthStride: 4,
    columns: { count: input.channels, stride: output.channels * 4 },
  };
  const turned = { ...window, strides: 1 };
  const placement = forWayBack(sliding);
  withPacked(packing, (b) =>
    withBias(null, input.channels, (bias) =>
      slide({
        x: addressOf(dy),
        input: output,
        placement,
        window: turned,
        output: input,
        b,
        bias,
        relu: false,
        y: address,
      }),
    ),
  );
  return tensor;
}

interface Slide {
  readonly x: number;
  readonly input: Images;
  readonly placement: Placement;
  readonly window: Window;
  readonly output: Images;
  /** The packed kernel. */
  readonly b: number;
  readonly bias: number;
  readonly relu: boolean;
  readonly y: number;
}

function slide({ x, input, placement, window, output, b, bias, relu, y }: Slide): void {
  const { processor, tables } = wasmBackend();
  const { placedRow, pixelBytes } = placement;
  const stops = output.height * output.width;
  const rows = tables.rows(stopsKey(output, window, placement), () =>
    stopOffsets(output, window.strides, placedRow, pixelBytes),
  );
  const steps = tables.steps(tapsKey(window, placement), PANEL_ROW, () =>
    tapOffsets(window, placedRow, input.channels),
  );
  const tail = scratchFor(placement);
  const scratchBytes = tail + aligned(stops * PANEL_ROW);
  withScratch(processor.threads * scratchBytes, (scratch) =>
    processor.run(CONVOLUTION, input.batch, {
      x,
      imageBytes: imageBytes(input),
      ...placementFields(placement),
      rows: rows.start,
      rowsEnd: rows.end,
      rowCount: stops,
      steps: steps.start,
      stepsEnd: steps.end,
      b,
      panels: panelsFor(output.channels),
      panelBytes: window.size ** 2 * input.channels * PANEL_ROW,
      y,
      filters: output.channels,
      bias,
      relu: Number(relu),
      scratch,
      scratchBytes,
      tail,
    }),
  );
}

function byKernel(x: Tensor, dy: Tensor, shape: number[], sliding: Sliding): Tensor {
  const { input, output, window } = sliding;
  const { tensor, address } = newTensor(shape);
  const { groups, perGroup } = groupsOf(input.batch);
  const rows = window.size ** 2 * input.channels;
  const rowBytes = panelsFor(output.channels) * PANEL_ROW;
  const partialBytes = rows * rowBytes;
  withScratch(groups * partialBytes, (partial) => {
    sumGroups(addressOf(x), addressOf(dy), sliding, { partial, partialBytes, perGroup, groups });
    sumPartials({ partial, partialBytes, groups, rowBytes, target: address, rows, columns: output.channels });
  });
  return tensor;
}

interface Groups {
  readonly partial: number;
  readonly partialBytes: number;
  readonly perGroup: number;
  readonly groups: number;
}

function sumGroups(x: number, dy: number, sliding: Sliding, { partial, partialBytes, perGroup, groups }: Groups): void {
  const { input, output, window } = sliding;
  const { processor, tables } = wasmBackend();
  const placement = forWindow(sliding);
  const { placedRow, pixelBytes } = placement;
  const filterBytes = output.channels * 4;
  const rows = tables.rows(tapsKey(window, placement), () => tapOffsets(window, placedRow, input.channels));
  const steps = tables.steps(stopsKey(output, window, placement), filterBytes, () =>
    stopOffsets(output, window.strides, placedRow, pixelBytes),
  );
  const scratchBytes = scratchFor(placement);
  withScratch(processor.threads * scratchBytes, (scratch) =>
    processor.run(CONVOLUTION_FILTER_GRADIENT, groups, {
      x,
      imageBytes: imageBytes(input),
      ...placementFields(placement),
      rows: rows.start,
      rowsEnd: rows.end,
      steps: steps.start,
      stepsEnd: steps.end,
      blockBytes: BLOCK_OUTPUTS * ENTRY,
      dy,
      outputs: output.height * output.width,
      filters: output.channels,
      panels: panelsFor(output.channels),
      batch: input.batch,
      perGroup,
      partial,
      partialBytes,
      scratch,
      scratchBytes,
    }),
  );
}
