import type { Buffer } from '../../step/buffer.ts';
import type { Sliding } from '../../step/images.ts';
import { convForward } from '../kernels/conv-forward.ts';
import { convInputGradient } from '../kernels/conv-input-gradient.ts';
import { type ConvShape, type WeightLayout, weightLayout } from '../kernels/conv-shape.ts';
import { filterGradient, filterPartial } from '../kernels/filter-gradient.ts';
import { packedGray } from '../kernels/gray.ts';
import { isSingleChannel } from '../kernels/single-channel-gradient.ts';
import {
  isWide,
  wideForward,
  wideInputGradient,
  wideKernelGradient,
  widePartial,
} from '../kernels/wide-convolution.ts';
import { bestWays, type ImageLayout, layoutOf } from '../layout.ts';
import type { Lowering, Placed } from '../lowering.ts';
import { plain, type Seen, viewedAs } from '../views.ts';
import { putKernelGradient } from './kernel-gradient.ts';
import { activationOf, type Lower, resultOf, slopeOf } from './lower.ts';

/** One draw, with the biases and the function behind it. */
export const conv2d: Lower<'conv2d'> = ({ inputs, outputs, attributes: { sliding, relu } }, at, fused) => {
  const x = imagesIn(at, inputs.x, sliding);
  const ways = isWide(sliding) ? 1 : bestWays(sliding.output.width, at.device.maxTargets);
  const layout = inSeveralWays(sliding.output, ways);
  const weights = at.weightsOf(inputs.kernel);
  const y = at.put(resultOf(outputs.y, fused), layout);
  const forward = isWide(sliding) ? wideForward : convForward;
  const kernel = forward(shapeOf(sliding, x.layout, layout), weights, activationOf(fused, relu));
  at.draw(kernel, { x: x.place, w: at.lasting(inputs.kernel) }, [y]);
};

/** One draw, times the slope of the function that made the input. */
export const conv2dInputGradient: Lower<'conv2dInputGradient'> = ({ inputs, outputs, attributes }, at, fused) => {
  const { sliding } = attributes;
  const dy = at.imagesOf(inputs.dy, sliding.output);
  const { activation, value } = slopeOf(fused, (buffer) => at.imagesOf(buffer, sliding.input));
  const layout = gradientLayout(sliding, at.device.maxTargets);
  const shape = shapeOf(sliding, value?.layout ?? plain(sliding.input), dy.layout);
  const dx = at.put(resultOf(outputs.dx, fused), layout);
  const inputGradient = isWide(sliding) ? wideInputGradient : convInputGradient;
  const kernel = inputGradient(shape, at.weightsOf(inputs.kernel), layout, activation);
  at.draw(kernel, { dy: dy.place, w: at.lasting(inputs.kernel), ...(value && { x: value.place }) }, [dx]);
};

/** One draw for kernel and biases, in partial sums. */
export const conv2dKernelGradient: Lower<'conv2dKernelGradient'> = ({ inputs, outputs, attributes }, at, fused) => {
  const { sliding } = attributes;
  const weights = weightsOf(
    sliding,
    fused.others.some(({ name }) => name === 'columnSums'),
  );
  const x = imagesIn(at, inputs.x, sliding);
  const dy = at.imagesOf(inputs.dy, sliding.output);
  const shape = shapeOf(sliding, x.layout, dy.layout);
  const wide = isWide(sliding);
  const partial = wide ? widePartial(shape, weights) : filterPartial(shape, weights, at.device.maxTargets);
  const sums = putKernelGradient(at, outputs.dkernel, fused, { layout: weights, partial });
  const kernel = (wide ? wideKernelGradient : filterGradient)(shape, weights, partial);
  at.draw(kernel, { x: x.place, dy: dy.place }, [sums]);
};

/** The images that a window slides over, of which gray ones may lie four pixels in a texel where the window is small. */
function imagesIn(at: Lowering, buffer: Buffer, { input, window }: Sliding): Placed {
  const own = at.valueOf(buffer);
  const gray = isSingleChannel({ inputs: input.channels, taps: window.size ** 2 }) ? packedGray(input) : null;
  const layout = gray && viewedAs(own.layout, gray);
  return layout ? { layout, place: own.place } : at.imagesOf(buffer, input);
}

/** A window between two layouts. */
export function shapeOf({ window, padTop, padLeft }: Sliding, input: ImageLayout, output: ImageLayout): ConvShape {
  return { input, output, window, padTop, padLeft };
}

function weightsOf({ input, output, window }: Sliding, bias: boolean): WeightLayout {
  return weightLayout(window.size ** 2, input.channels, output.channels, bias);
}

function inSeveralWays({ batch, height, width, channels }: Seen, ways: number): ImageLayout {
  return layoutOf(batch, [height, width, channels], ways);
}

/**
 * The best number of ways; where there is a stride, a multiple of it, so that the shader knows which outputs a pixel
 * belongs to.
 */
function gradientLayout(sliding: Sliding, maxTargets: number): ImageLayout {
  const {
    input,
    window: { strides },
  } = sliding;
  if (isWide(sliding)) return plain(input);
  const free = bestWays(input.width, maxTargets);
  const ways = strides <= maxTargets ? Math.max(Math.floor(free / strides), 1) * strides : free;
  return inSeveralWays(input, ways);
}
