import type { DenseSpec } from '../../core/layers/dense.ts';
import { dense as denseOp } from '../ops/dense.ts';
import { matrixOf, vectorOf } from '../tensors.ts';
import type { LayerForward } from './forward.ts';

/** Weighted sums: [batch, in] to [batch, units]. */
export const dense: LayerForward<DenseSpec> = ({ spec, inputs: [x], weights }) => {
  const bias = weights.find('bias');
  return denseOp(matrixOf(x), matrixOf(weights.get('kernel')), bias && vectorOf(bias), spec.activation);
};
