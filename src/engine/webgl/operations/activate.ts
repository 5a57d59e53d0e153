import type { Activation } from '../../../core/network/activations.ts';
import { isFused } from '../kernels/activations.ts';
import { sum } from '../kernels/add.ts';
import { type PointwiseActivation, pointwise, pointwiseGradient } from '../kernels/pointwise.ts';
import { rowSoftmax, rowSoftmaxGradient } from '../kernels/row-softmax.ts';
import { type Lower, resultOf, slopeOf } from './lower.ts';

/** One draw, where no kernel before it could apply the function. */
export const activate: Lower<'activate'> = ({ inputs, outputs, attributes }, at) => {
  const { activation, count, columns } = attributes;
  if (activation === 'softmax') {
    const { layout, place } = at.vectorsOf(inputs.x, count / columns, columns);
    at.draw(rowSoftmax(layout), { z_: place }, [at.put(outputs.y, layout)]);
    return;
  }
  const { layout, place } = at.valueOf(inputs.x);
  at.draw(pointwise(layout, activation), { z_: place }, [at.put(outputs.y, layout)]);
};

/** One draw, where no kernel before it could multiply the slope in; times the slope of the function that made its input. */
export const activateGradient: Lower<'activateGradient'> = ({ inputs, outputs, attributes }, at, fused) => {
  const { activation, count, columns } = attributes;
  if (activation === 'softmax' && inputs.y !== null) {
    const y = at.vectorsOf(inputs.y, count / columns, columns);
    const dy = at.vectorsOf(inputs.dy, count / columns, columns);
    at.draw(rowSoftmaxGradient(y.layout), { v_: y.place, dy_: dy.place }, [at.put(outputs.dx, y.layout)]);
    return;
  }
  const known = inputs.y ?? inputs.x;
  if (known === null) throw new Error('A slope is computed from what went in or from what came out.');
  const value = at.valueOf(known);
  const { layout } = value;
  const dy = at.imagesOf(inputs.dy, layout);
  const inner = slopeOf(fused, (buffer) => at.imagesOf(buffer, layout));
  const dx = at.put(resultOf(outputs.dx, fused), layout);
  if (inputs.y !== null && isFused(activation)) {
    const slopes = [
      { activation, layout },
      ...(inner.value ? [{ activation: inner.activation, layout: inner.value.layout }] : []),
    ];
    const reads = { share0_: dy.place, v0_: value.place, ...(inner.value && { v1_: inner.value.place }) };
    at.draw(sum(layout, [dy.layout], { slopes }), reads, [dx]);
    return;
  }
  const kernel = pointwiseGradient(layout, dy.layout, pointwiseOf(activation), inner.activation);
  at.draw(kernel, { dy_: dy.place, z_: value.place }, [dx]);
};

function pointwiseOf(activation: Activation): PointwiseActivation {
  if (activation === 'softmax') throw new RangeError('There is no kernel for a softmax between layers.');
  return activation;
}
