import { reshape } from '@tensorflow/tfjs-core';
import { last } from '../../../core/at.ts';
import type { DenseSpec } from '../../../core/network/layers/dense.ts';
import { dense as denseOp } from '../ops/dense.ts';
import { matrixOf, vectorOf } from '../tensors.ts';
import type { LayerForward } from './forward.ts';

/** Weighted sums along the last axis: [batch, ..., in] to [batch, ..., units]. */
export const dense: LayerForward<DenseSpec> = ({ spec, inputs: [x], weights }) => {
  const kernel = matrixOf(weights.get('kernel'));
  const bias = weights.find('bias');
  const rows = x.rank === 2 ? x : reshape(x, [-1, last(x.shape)]);
  const sums = denseOp(matrixOf(rows), kernel, bias && vectorOf(bias), spec.activation);
  return x.rank === 2 ? sums : reshape(sums, [...x.shape.slice(0, -1), spec.units]);
};
