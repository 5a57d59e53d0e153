import type { DatasetSpec } from '../../../src/core/dataset/spec.ts';
import { analyse, type Graph } from '../../../src/core/network/graph.ts';
import type { LayerKind, LayerSpec } from '../../../src/core/network/layers/registry.ts';
import { createLayer, type LayerOptions, type Network } from '../../../src/core/network/network.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';

/** A layer with its options. */
export type Row = { readonly [Kind in LayerKind]: readonly [Kind, LayerOptions<Kind>?] }[LayerKind];

/** A network from rows of kind and options. */
export function networkOf(...rows: readonly Row[]): Network {
  return { layers: rows.map(([kind, options], i): LayerSpec => createLayer(kind, `${kind}-${i}`, options)) };
}

/** The graph of a network for Fashion-MNIST that is known to be valid. */
export function graphOf(...rows: readonly Row[]): Graph {
  return graphFor(FASHION_MNIST, ...rows);
}

/** The graph of a network for a data set that is known to be valid. */
export function graphFor(dataset: DatasetSpec, ...rows: readonly Row[]): Graph {
  const { graph, issues } = analyse(networkOf(...rows), dataset);
  if (graph === null) throw new Error(issues.map(({ message }) => message).join('\n'));
  return graph;
}

/** 784-16-10, which learns a little in no time. */
export const SMALL_DENSE: readonly Row[] = [
  ['flatten'],
  ['dense', { units: 16 }],
  ['dense', { units: 10, activation: 'softmax' }],
];

/** Every kind of layer once: convolution, batch normalisation, pooling, dropout. */
export const EVERY_KIND: readonly Row[] = [
  ['conv2d', { filters: 4, kernelSize: 5, strides: 2, padding: 'same', activation: 'linear', l2: 0.001 }],
  ['batchNormalization'],
  ['activation', { activation: 'relu' }],
  ['maxPooling2d'],
  ['dropout', { rate: 0.25 }],
  ['flatten'],
  ['dense', { units: 10, activation: 'linear', l1: 0.0001 }],
  ['activation', { activation: 'softmax' }],
];

/** Frozen layers of each kind that has kernels of our own, above trained ones and below. */
export const FROZEN: readonly Row[] = [
  ['conv2d', { filters: 4, strides: 3, activation: 'tanh' }],
  ['batchNormalization', { frozen: true }],
  ['activation', { activation: 'elu' }],
  ['conv2d', { filters: 6, padding: 'same', activation: 'linear', frozen: true, l2: 0.01 }],
  ['batchNormalization'],
  ['flatten'],
  ['dense', { units: 12, activation: 'tanh', frozen: true }],
  ['dense', { units: 10, activation: 'softmax' }],
];

/** A trained head on frozen layers, through which no gradient has to go. */
export const FROZEN_BASE: readonly Row[] = [
  ['conv2d', { filters: 4, strides: 3, frozen: true }],
  ['batchNormalization', { frozen: true }],
  ['flatten'],
  ['dense', { units: 10, activation: 'softmax' }],
];

/** A residual block on a small image, with batch normalisation and means of the channels at the end. */
export const SMALL_RESIDUAL: readonly Row[] = [
  ['conv2d', { filters: 4, strides: 4, padding: 'same', activation: 'linear', useBias: false }],
  ['batchNormalization'],
  ['activation', { activation: 'relu' }],
  ['conv2d', { filters: 4, padding: 'same', activation: 'linear', useBias: false }],
  ['batchNormalization'],
  ['add', { from: 'activation-2' }],
  ['activation', { activation: 'relu' }],
  ['globalAveragePooling2d'],
  ['dense', { units: 10, activation: 'softmax' }],
];

/** A vision transformer of one block with dropout and a penalty, and a dense layer after it. */
export const SMALL_TRANSFORMER: readonly Row[] = [
  ['patches', { patchSize: 7 }],
  ['dense', { units: 10 }],
  ['positionEmbedding'],
  ['layerNormalization'],
  ['multiHeadAttention', { heads: 2, keySize: 5, dropout: 0.2, l2: 0.01 }],
  ['add', { from: 'positionEmbedding-2' }],
  ['dense', { units: 10, activation: 'gelu' }],
  ['globalAveragePooling1d'],
  ['dense', { units: 10, activation: 'softmax' }],
];
