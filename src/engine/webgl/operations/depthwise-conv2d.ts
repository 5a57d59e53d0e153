import { weightLayout } from '../kernels/conv-shape.ts';
import { depthwise, depthwiseInputGradient, depthwiseKernelGradient, depthwisePartial } from '../kernels/depthwise.ts';
import { plain } from '../views.ts';
import { shapeOf } from './conv2d.ts';
import { putKernelGradient } from './kernel-gradient.ts';
import { activationOf, type Lower, resultOf } from './lower.ts';

/** One draw, with the biases and the function behind it. */
export const depthwiseConv2d: Lower<'depthwiseConv2d'> = ({ inputs, outputs, attributes: { sliding } }, at, fused) => {
  const x = at.imagesOf(inputs.x, sliding.input);
  const layout = plain(sliding.output);
  const y = at.put(resultOf(outputs.y, fused), layout);
  const kernel = depthwise(shapeOf(sliding, x.layout, layout), at.weightsOf(inputs.kernel), activationOf(fused));
  at.draw(kernel, { x: x.place, w: at.lasting(inputs.kernel) }, [y]);
};

/** One draw. */
export const depthwiseConv2dInputGradient: Lower<'depthwiseConv2dInputGradient'> = (
  { inputs, outputs, attributes: { sliding } },
  at,
) => {
  const dy = at.imagesOf(inputs.dy, sliding.output);
  const layout = plain(sliding.input);
  const kernel = depthwiseInputGradient(shapeOf(sliding, layout, dy.layout), layout);
  at.draw(kernel, { dy: dy.place, w: at.lasting(inputs.kernel) }, [at.put(outputs.dx, layout)]);
};

/** One draw for filters and biases, in partial sums. */
export const depthwiseConv2dKernelGradient: Lower<'depthwiseConv2dKernelGradient'> = (
  { inputs, outputs, attributes: { sliding } },
  at,
  fused,
) => {
  const [x, dy] = [at.imagesOf(inputs.x, sliding.input), at.imagesOf(inputs.dy, sliding.output)];
  const bias = fused.others.some(({ name }) => name === 'columnSums');
  const weights = weightLayout(1, sliding.window.size ** 2, sliding.output.channels, bias);
  const shape = shapeOf(sliding, x.layout, dy.layout);
  const partial = depthwisePartial(shape, weights);
  const sums = putKernelGradient(at, outputs.dkernel, fused, { layout: weights, partial });
  at.draw(depthwiseKernelGradient(shape, weights, partial), { x: x.place, dy: dy.place }, [sums]);
};
