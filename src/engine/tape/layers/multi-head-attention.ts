import { type Rank, reshape } from '@tensorflow/tfjs-core';
import { at, last } from '../../../core/at.ts';
import type { WeightName } from '../../../core/network/layers/definition.ts';
import type { MultiHeadAttentionSpec } from '../../../core/network/layers/multi-head-attention.ts';
import { streamKey } from '../../../core/random.ts';
import { attention } from '../ops/attention.ts';
import { dense } from '../ops/dense.ts';
import { matrixOf, vectorOf } from '../tensors.ts';
import type { LayerForward } from './forward.ts';

/** Self-attention: [batch, places, features] to the same shape. Drops other weights at each step and in each layer. */
export const multiHeadAttention: LayerForward<MultiHeadAttentionSpec> = (call) => {
  const { spec, inputs, weights, position, context } = call;
  const { heads, keySize, dropout: rate } = spec;
  const [x] = inputs;
  const [batch, places, features] = [at(x.shape, 0), at(x.shape, 1), last(x.shape)];
  const rows = reshape<Rank.R2>(x, [batch * places, features]);
  const projected = (kernel: WeightName, bias: WeightName) =>
    dense(rows, matrixOf(weights.get(kernel)), vectorOf(weights.get(bias)), 'linear');
  const drops = context.training && rate > 0;
  const mixed = attention(
    projected('queryKernel', 'queryBias'),
    projected('keyKernel', 'keyBias'),
    projected('valueKernel', 'valueBias'),
    { batch, places, heads, keySize },
    drops ? { rate, key: streamKey(context.seed, 'dropout', position, context.step) } : null,
  );
  const output = dense(mixed, matrixOf(weights.get('outputKernel')), vectorOf(weights.get('outputBias')), 'linear');
  return reshape(output, x.shape);
};
