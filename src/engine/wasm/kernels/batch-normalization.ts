import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { last } from '../../../core/at.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import type { Machine } from '../machine.ts';
import type { Operation } from '../operation.ts';
import { addressOf, newTensor, wasmBackend } from '../tensors.ts';
import { backward, type Channels, forward } from './normalize-by-batch.ts';

/**
 * Batch normalisation by the batch's own statistics. x: [..., channels], gamma, beta: [channels]. Option: epsilon.
 * Gives the output, the mean and the biased variance of each channel; no gradient flows through the last two.
 */
export const batchNormalization: Operation = {
  name: 'NormalizeByBatch',
  forward: (inputs, options) => {
    const x = inputs.get('x');
    const shape = channelsOf(x, options.get('epsilon'));
    const [y, mean, variance] = [newTensor(x.shape), newTensor([shape.channels]), newTensor([shape.channels])];
    const trained = { gamma: addressOf(inputs.get('gamma')), beta: addressOf(inputs.get('beta')) };
    const results = { y: y.address, mean: mean.address, variance: variance.address };
    forward(machine(), shape, { x: addressOf(x), ...trained, ...results });
    return [y.tensor, mean.tensor, variance.tensor];
  },
  saved: { inputs: ['x', 'gamma'], outputs: [false, true, true] },
  gradients: (dy, [x = dy, gamma = dy, mean = dy, variance = dy], options) => {
    const shape = channelsOf(x, options.get('epsilon'));
    const [dx, dgamma, dbeta] = [newTensor(x.shape), newTensor([shape.channels]), newTensor([shape.channels])];
    const known = { gamma: addressOf(gamma), mean: addressOf(mean), variance: addressOf(variance) };
    const results = { dx: dx.address, dgamma: dgamma.address, dbeta: dbeta.address };
    backward(machine(), shape, { x: addressOf(x), dy: addressOf(dy), ...known, ...results });
    return { x: () => dx.tensor, gamma: () => dgamma.tensor, beta: () => dbeta.tensor };
  },
};

function machine(): Machine {
  return wasmBackend().machine;
}

function channelsOf({ shape }: Tensor | TensorInfo, epsilon: number): Channels {
  const channels = last(shape);
  return { rows: sizeOf(shape) / channels, channels, epsilon };
}
