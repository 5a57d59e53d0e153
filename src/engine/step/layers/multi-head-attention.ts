import { at, last } from '../../../core/at.ts';
import type { WeightName } from '../../../core/network/layers/definition.ts';
import type { MultiHeadAttentionSpec } from '../../../core/network/layers/multi-head-attention.ts';
import type { Buffer } from '../buffer.ts';
import type { Operations } from '../operation.ts';
import type { Recorder, Value } from '../recorder.ts';
import { activated } from './activation.ts';
import { dropped } from './dropout.ts';
import { product } from './products.ts';
import type { LayerRecorder } from './site.ts';

type Heads = Operations['headProducts']['attributes'];

/** Self-attention: [batch, places, features] to the same shape. Drops other weights at each step and in each layer. */
export const multiHeadAttention: LayerRecorder<MultiHeadAttentionSpec> = (site) => {
  const { recorder, node, spec, position, training, inputs, get } = site;
  const [x] = inputs;
  const [batch, places, features] = [at(x.shape, 0), at(x.shape, 1), last(x.shape)];
  const rows = recorder.reshaped(x, [batch * places, features]);
  const projected = (from: Value, part: string, kernel: WeightName, bias: WeightName) =>
    product(recorder, `${node.name} ${part}`, { x: from, kernel: get(kernel), bias: get(bias), relu: false });
  const queries = projected(rows, 'queries', 'queryKernel', 'queryBias');
  const keys = projected(rows, 'keys', 'keyKernel', 'keyBias');
  const values = projected(rows, 'values', 'valueKernel', 'valueBias');
  const shape = { batch, places, heads: spec.heads, size: spec.keySize };
  const scores = compared(recorder, node.name, [queries, keys], { ...shape, scale: 1 / Math.sqrt(spec.keySize) });
  const weights = activated(recorder, node.name, 'softmax', scores);
  const own = { rate: spec.dropout, position, adjustable: false };
  const kept = training && spec.dropout > 0 ? dropped(recorder, `${node.name} dropped`, weights, own) : weights;
  const mixtures = mixed(recorder, node.name, [kept, values], { ...shape, scale: 1 });
  return recorder.reshaped(projected(mixtures, 'output', 'outputKernel', 'outputBias'), x.shape);
};

/** The product of each place of `a` with each place of `b`, in each head: [batch, heads, places, places]. */
function compared(recorder: Recorder, name: string, [a, b]: readonly [Value, Value], heads: Heads): Value {
  const weights = recorder.value(`${name} scores`, [heads.batch, heads.heads, heads.places, heads.places], [a, b]);
  emitProducts(recorder, a.buffer, b.buffer, weights.buffer, heads);
  recorder.onBackward(weights, (dy) => {
    giveMixtures(recorder, `${name} queries gradient`, a, { weights: dy, x: b.buffer, heads, transposed: false });
    giveMixtures(recorder, `${name} keys gradient`, b, { weights: dy, x: a.buffer, heads, transposed: true });
  });
  return weights;
}

/** What each place takes in of all places by its weights, in each head: rows as those of `x`. */
function mixed(recorder: Recorder, name: string, [weights, x]: readonly [Value, Value], heads: Heads): Value {
  const y = recorder.value(`${name} mixtures`, x.shape, [weights, x]);
  emitMixtures(recorder, { weights: weights.buffer, x: x.buffer, heads, transposed: false }, y.buffer);
  recorder.onBackward(y, (dy) => {
    if (weights.learns) {
      const dweights = recorder.buffer(`${name} weights gradient`, weights.shape);
      emitProducts(recorder, dy, x.buffer, dweights, heads);
      recorder.give(weights, dweights);
    }
    giveMixtures(recorder, `${name} values gradient`, x, { weights: weights.buffer, x: dy, heads, transposed: true });
  });
  return y;
}

interface Mixtures {
  readonly weights: Buffer;
  readonly x: Buffer;
  readonly heads: Heads;
  readonly transposed: boolean;
}

function giveMixtures(recorder: Recorder, name: string, value: Value, mixtures: Mixtures): void {
  if (!value.learns) return;
  const gradient = recorder.buffer(name, value.shape);
  emitMixtures(recorder, mixtures, gradient);
  recorder.give(value, gradient);
}

function emitMixtures(recorder: Recorder, { weights, x, heads, transposed }: Mixtures, y: Buffer): void {
  const attributes = { ...heads, transposed };
  recorder.emit({ name: 'headMixtures', inputs: { weights, x }, outputs: { y }, attributes });
}

function emitProducts(recorder: Recorder, a: Buffer, b: Buffer, weights: Buffer, heads: Heads): void {
  recorder.emit({ name: 'headProducts', inputs: { a, b }, outputs: { weights }, attributes: heads });
}
