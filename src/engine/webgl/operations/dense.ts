import { weightLayout } from '../kernels/conv-shape.ts';
import {
  denseBackEpilogue,
  denseBackProduct,
  denseEpilogue,
  denseProduct,
  denseWeightGradient,
  productExtent,
  productLayout,
} from '../kernels/dense.ts';
import { rowsInOrder } from '../kernels/partial.ts';
import { layoutOf } from '../layout.ts';
import { putKernelGradient } from './kernel-gradient.ts';
import { activationOf, type Lower, resultOf, slopeOf } from './lower.ts';

/** Two draws: partial products, and their sums with the biases and the function behind them. */
export const dense: Lower<'dense'> = ({ inputs, outputs, attributes }, at, fused) => {
  const { rows, inputs: width, units, relu } = attributes;
  const { maxTargets, maxSize } = at.device;
  const x = at.rowsOf(inputs.x, rows, width);
  at.rememberLayout(inputs.kernel, x.layout);
  const { weights, place: kernel } = at.kernelOf(inputs.kernel, width, units);
  const product = productLayout(rows, weights.columns, weights.groups, maxTargets, maxSize);
  const partial = at.scratch('product', productExtent(product));
  const layout = layoutOf(rows, [units]);
  at.draw(denseProduct(x.layout, weights, product), { x: x.place, w: kernel }, [partial]);
  // Biases lie below their kernel, or are a value of the step.
  const own = inputs.bias?.role === 'step' ? at.vectorsOf(inputs.bias, 1, units).place : null;
  const biases = own === null ? weights : { bias: true, biasRow: 0 };
  const y = at.put(resultOf(outputs.y, fused), layout);
  at.draw(denseEpilogue(layout, biases, product, activationOf(fused, relu)), { partial, w: own ?? kernel }, [y]);
};

/** Two draws: partial products, and their sums times the slope of the function that made the input. */
export const denseInputGradient: Lower<'denseInputGradient'> = ({ inputs, outputs, attributes }, at, fused) => {
  const { rows, inputs: width, units } = attributes;
  const { maxTargets, maxSize } = at.device;
  const dy = at.rowsOf(inputs.dy, rows, units);
  const { weights, place: kernel } = at.kernelOf(inputs.kernel, width, units);
  const product = productLayout(rows, weights.groups, weights.columns, maxTargets, maxSize);
  const partial = at.scratch('back product', productExtent(product));
  at.draw(denseBackProduct(dy.layout, weights, product), { dy: dy.place, w: kernel }, [partial]);
  const { activation, value } = slopeOf(fused, (buffer) => at.rowsOf(buffer, rows, width));
  const layout = value?.layout ?? at.rememberedLayout(inputs.kernel) ?? layoutOf(rows, [width]);
  const dx = at.put(resultOf(outputs.dx, fused), layout);
  const made = value && { x: value.place };
  at.draw(denseBackEpilogue(layout, product, activation), { partial, ...made }, [dx]);
};

/** One draw for kernel and biases, in partial sums. */
export const denseKernelGradient: Lower<'denseKernelGradient'> = ({ inputs, outputs, attributes }, at, fused) => {
  const { rows, inputs: width, units } = attributes;
  const x = at.rowsOf(inputs.x, rows, width);
  const dy = at.vectorsOf(inputs.dy, rows, units);
  const weights = weightLayout(
    1,
    width,
    units,
    fused.others.some(({ name }) => name === 'columnSums'),
  );
  const partial = rowsInOrder(weights, rows, at.device.maxTargets);
  const sums = putKernelGradient(at, outputs.dkernel, fused, { layout: weights, partial });
  at.draw(denseWeightGradient(x.layout, weights, partial), { x: x.place, dy: dy.place }, [sums]);
};
