import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { at } from '../../../core/at.ts';
import type { Window } from '../../../core/network/layers/window.ts';
import { type Images, type Sliding, shapeOf } from '../../step/images.ts';
import type { Operation, Options } from '../operation.ts';
import { addressOf, newTensor, wasmBackend, withScratch } from '../tensors.ts';
import { vectorsFor } from './channels.ts';
import { DEPTHWISE, DEPTHWISE_FILTER_GRADIENT } from './depthwise.ts';
import { groupsOf, imageBytes, slidingOf } from './geometry.ts';
import { forBackward, forWindow, type Placement, placementFields, scratchFor } from './placement.ts';
import { sumPartials } from './sums.ts';
import { stopOffsets, stopsKey, tapStarts, tapsKey } from './tables.ts';

/**
 * A convolution of each channel with its own filter. x: [n, height, width, channels], kernel: [size, size, channels,
 * 1]. Options: strides, dilation, same (padding: 1, or 0 for valid).
 */
export const depthwiseConv2d: Operation = {
  name: 'DepthwiseConvolution',
  forward: (inputs, options) => {
    const [x, kernel] = [inputs.get('x'), inputs.get('kernel')];
    const sliding = slidingFor(x, kernel, options);
    const { input, output, window } = sliding;
    const { tensor, address } = newTensor(shapeOf(output));
    const w = { start: addressOf(kernel), stride: input.channels * 4 };
    slide({ x: addressOf(x), input, placement: forWindow(sliding), window, output, w, y: address });
    return tensor;
  },
  saved: { inputs: ['x', 'kernel'], outputs: [] },
  gradients: (dy, [x = dy, kernel = dy], options) => {
    const sliding = slidingFor(x, kernel, options);
    return { x: () => byInput(dy, kernel, sliding), kernel: () => byKernel(x, dy, kernel.shape, sliding) };
  },
};

function slidingFor(x: TensorInfo, kernel: TensorInfo, options: Options): Sliding {
  return slidingOf(x, kernel, at(x.shape, 3), options);
}

/** The gradient with respect to the input: the flipped window slides over the gradient of the outputs. */
function byInput(dy: Tensor, kernel: Tensor, sliding: Sliding): Tensor {
  const { input, output, window } = sliding;
  const { tensor, address } = newTensor(shapeOf(input));
  const stride = input.channels * 4;
  const w = { start: addressOf(kernel) + (window.size ** 2 - 1) * stride, stride: -stride };
  const turned = { ...window, strides: 1 };
  slide({
    x: addressOf(dy),
    input: output,
    placement: forBackward(sliding),
    window: turned,
    output: input,
    w,
    y: address,
  });
  return tensor;
}

interface Slide {
  readonly x: number;
  readonly input: Images;
  readonly placement: Placement;
  readonly window: Window;
  readonly output: Images;
  /** The filters: the address of the first tap's, and the distance to the next tap's. */
  readonly w: { readonly start: number; readonly stride: number };
  readonly y: number;
}

function slide({ x, input, placement, window, output, w, y }: Slide): void {
  const { processor, tables } = wasmBackend();
  const { placedRow, pixelBytes } = placement;
  const rows = tables.rows(stopsKey(output, window, placement), () =>
    stopOffsets(output, window.strides, placedRow, pixelBytes),
  );
  const steps = tables.steps(`starts ${tapsKey(window, placement)}`, w.stride, () =>
    tapStarts(window, placedRow, pixelBytes),
  );
  const scratchBytes = scratchFor(placement);
  withScratch(processor.threads * scratchBytes, (scratch) =>
    processor.run(DEPTHWISE, input.batch, {
      x,
      imageBytes: imageBytes(input),
      ...placementFields(placement),
      rows: rows.start,
      rowCount: output.height * output.width,
      steps: steps.start,
      stepsEnd: steps.end,
      w: w.start,
      y,
      channels: input.channels,
      scratch,
      scratchBytes,
    }),
  );
}

function byKernel(x: Tensor, dy: Tensor, shape: number[], sliding: Sliding): Tensor {
  const { input, output, window } = sliding;
  const { processor, tables } = wasmBackend();
  const placement = forWindow(sliding);
  const { placedRow, pixelBytes } = placement;
  const { tensor, address } = newTensor(shape);
  const { groups, perGroup } = groupsOf(input.batch);
  const [taps, vectors, scratchBytes] = [window.size ** 2, vectorsFor(input.channels), scratchFor(placement)];
  const [rowBytes, partialBytes] = [vectors * 16, taps * vectors * 16];
  const rows = tables.rows(`starts ${tapsKey(window, placement)}`, () => tapStarts(window, placedRow, pixelBytes));
  const steps = tables.steps(stopsKey(output, window, placement), pixelBytes, () =>
    stopOffsets(output, window.strides, placedRow, pixelBytes),
  );
  const values = {
    x: addressOf(x),
    imageBytes: imageBytes(input),
    ...placementFields(placement),
    rows: rows.start,
    rowCount: taps,
    steps: steps.start,
    stepsEnd: steps.end,
    dy: addressOf(dy),
    dyBytes: imageBytes(output),
    vectors,
    batch: input.batch,
    perGroup,
    partialBytes,
    scratchBytes,
  };
  withScratch(groups * partialBytes, (partial) => {
    withScratch(processor.threads * scratchBytes, (scratch) =>
      processor.run(DEPTHWISE_FILTER_GRADIENT, groups, { ...values, partial, scratch }),
    );
    sumPartials(wasmBackend().machine, {
      partial,
      partialBytes,
      groups,
      rowBytes,
      target: address,
      rows: taps,
      columns: input.channels,
    });
  });
  return tensor;
}
