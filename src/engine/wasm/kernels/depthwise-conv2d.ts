import type { TensorInfo } from '@tensorflow/tfjs-core';
import { at } from '../../../core/at.ts';
import type { Window } from '../../../core/network/layers/window.ts';
import { type Images, type Sliding, shapeOf } from '../../step/images.ts';
import type { Machine } from '../machine.ts';
import type { Operation, Options } from '../operation.ts';
import { addressOf, newTensor, wasmBackend } from '../tensors.ts';
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
    const { tensor, address } = newTensor(shapeOf(sliding.output));
    const places = { x: addressOf(x), kernel: addressOf(kernel), y: address };
    depthwiseForward(wasmBackend().machine, sliding, places);
    return tensor;
  },
  saved: { inputs: ['x', 'kernel'], outputs: [] },
  gradients: (dy, [x = dy, kernel = dy], options) => {
    const { machine } = wasmBackend();
    const sliding = slidingFor(x, kernel, options);
    return {
      x: () => {
        const { tensor, address } = newTensor(x.shape);
        depthwiseByInput(machine, sliding, { dy: addressOf(dy), kernel: addressOf(kernel), dx: address });
        return tensor;
      },
      kernel: () => {
        const { tensor, address } = newTensor(kernel.shape);
        depthwiseByKernel(machine, sliding, { x: addressOf(x), dy: addressOf(dy), dkernel: address });
        return tensor;
      },
    };
  },
};

function slidingFor(x: TensorInfo, kernel: TensorInfo, options: Options): Sliding {
  return slidingOf(x, kernel, at(x.shape, 3), options);
}

/** Slides a filter for each channel over images in memory: as many channels go in as come out. */
export function depthwiseForward(
  machine: Machine,
  sliding: Sliding,
  { x, kernel, y }: Readonly<Record<'x' | 'kernel' | 'y', number>>,
): void {
  const { input, output, window } = sliding;
  const w = { start: kernel, stride: input.channels * 4 };
  slide(machine, { x, input, placement: forWindow(sliding), window, output, w, y });
}

/** The gradient with respect to the input: the flipped window slides over the gradient of the outputs. */
export function depthwiseByInput(
  machine: Machine,
  sliding: Sliding,
  { dy, kernel, dx }: Readonly<Record<'dy' | 'kernel' | 'dx', number>>,
): void {
  const { input, output, window } = sliding;
  const stride = input.channels * 4;
  const w = { start: kernel + (window.size ** 2 - 1) * stride, stride: -stride };
  const placement = forBackward(sliding);
  slide(machine, { x: dy, input: output, placement, window: { ...window, strides: 1 }, output: input, w, y: dx });
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

function slide(machine: Machine, { x, input, placement, window, output, w, y }: Slide): void {
  const { tables } = machine;
  const { placedRow, pixelBytes } = placement;
  const rows = tables.rows(stopsKey(output, window, placement), () =>
    stopOffsets(output, window.strides, placedRow, pixelBytes),
  );
  const steps = tables.steps(`starts ${tapsKey(window, placement)}`, w.stride, () =>
    tapStarts(window, placedRow, pixelBytes),
  );
  const scratchBytes = scratchFor(placement);
  machine.withScratch(machine.threads * scratchBytes, (scratch) =>
    machine.run(DEPTHWISE, input.batch, {
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

/** The gradient with respect to the filters. */
export function depthwiseByKernel(
  machine: Machine,
  sliding: Sliding,
  { x, dy, dkernel }: Readonly<Record<'x' | 'dy' | 'dkernel', number>>,
): void {
  const { input, output, window } = sliding;
  const { tables } = machine;
  const placement = forWindow(sliding);
  const { placedRow, pixelBytes } = placement;
  const { groups, perGroup } = groupsOf(input.batch);
  const [taps, vectors, scratchBytes] = [window.size ** 2, vectorsFor(input.channels), scratchFor(placement)];
  const [rowBytes, partialBytes] = [vectors * 16, taps * vectors * 16];
  const rows = tables.rows(`starts ${tapsKey(window, placement)}`, () => tapStarts(window, placedRow, pixelBytes));
  const steps = tables.steps(stopsKey(output, window, placement), pixelBytes, () =>
    stopOffsets(output, window.strides, placedRow, pixelBytes),
  );
  const values = {
    x,
    imageBytes: imageBytes(input),
    ...placementFields(placement),
    rows: rows.start,
    rowCount: taps,
    steps: steps.start,
    stepsEnd: steps.end,
    dy,
    dyBytes: imageBytes(output),
    vectors,
    batch: input.batch,
    perGroup,
    partialBytes,
    scratchBytes,
  };
  machine.withScratch(groups * partialBytes, (partial) => {
    machine.withScratch(machine.threads * scratchBytes, (scratch) =>
      machine.run(DEPTHWISE_FILTER_GRADIENT, groups, { ...values, partial, scratch }),
    );
    const sums = { partial, partialBytes, groups, rowBytes, target: dkernel, rows: taps, columns: input.channels };
    sumPartials(machine, sums);
  });
}
