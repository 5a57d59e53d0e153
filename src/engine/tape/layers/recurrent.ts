import { concat, type Rank, reshape, type Tensor } from '@tensorflow/tfjs-core';
import type { WeightName } from '../../../core/network/layers/definition.ts';
import type { RecurrentOptions } from '../../../core/network/layers/recurrent.ts';
import type { LayerSpec } from '../../../core/network/layers/registry.ts';
import { type Cell, type RecurrentWeights, recur } from '../ops/recurrent.ts';
import { matrixOf } from '../tensors.ts';
import type { LayerCall } from './forward.ts';
import type { LayerWeights } from './layer-weights.ts';

/** Sends sequences, or images row by row, through a recurrent cell: forwards, and backwards as well when asked. */
export function recurrentForward(cell: Cell, call: LayerCall<LayerSpec & RecurrentOptions>): Tensor {
  const { spec, inputs, weights } = call;
  const [batch = 0, steps = 0] = inputs[0].shape;
  const x = reshape<Rank.R3>(inputs[0], [batch, steps, inputs[0].size / (batch * steps)]);
  const { returnSequences } = spec;
  const there = recur(cell, x, direction(weights, FORWARD), { backwards: false, returnSequences });
  if (!spec.bidirectional) return there;
  const back = recur(cell, x, direction(weights, BACKWARD), { backwards: true, returnSequences });
  return concat([there, back], -1);
}

type Names = readonly [kernel: WeightName, recurrentKernel: WeightName, bias: WeightName];

const FORWARD: Names = ['kernel', 'recurrentKernel', 'bias'];
const BACKWARD: Names = ['backwardKernel', 'backwardRecurrentKernel', 'backwardBias'];

function direction(weights: LayerWeights, [kernel, recurrentKernel, bias]: Names): RecurrentWeights {
  return {
    kernel: matrixOf(weights.get(kernel)),
    recurrentKernel: matrixOf(weights.get(recurrentKernel)),
    bias: weights.get(bias),
  };
}
