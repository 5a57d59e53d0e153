import { last } from '../../../core/at.ts';
import type { DenseSpec } from '../../../core/network/layers/dense.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import { activated } from './activation.ts';
import { product } from './products.ts';
import type { LayerRecorder } from './site.ts';

/** Weighted sums along the last axis: [batch, ..., in] to [batch, ..., units]. */
export const dense: LayerRecorder<DenseSpec> = ({ recorder, node, spec, inputs: [x], find, get }) => {
  const inputs = last(x.shape);
  const rows = recorder.reshaped(x, [sizeOf(x.shape) / inputs, inputs]);
  const relu = spec.activation === 'relu';
  const sums = product(recorder, node.name, { x: rows, kernel: get('kernel'), bias: find('bias'), relu });
  const y = relu ? sums : activated(recorder, node.name, spec.activation, sums);
  return recorder.reshaped(y, [...x.shape.slice(0, -1), spec.units]);
};
