import { type ActivationSpec, activation } from './activation.ts';
import { type AddSpec, add } from './add.ts';
import { type AveragePooling2DSpec, averagePooling2d } from './average-pooling2d.ts';
import { type BatchNormalizationSpec, batchNormalization } from './batch-normalization.ts';
import { type BranchSpec, branch } from './branch.ts';
import { type ConcatenateSpec, concatenate } from './concatenate.ts';
import { type Conv2DSpec, conv2d } from './conv2d.ts';
import type { LayerDefinition } from './definition.ts';
import { type DenseSpec, dense } from './dense.ts';
import { type DepthwiseConv2DSpec, depthwiseConv2d } from './depthwise-conv2d.ts';
import { type DropoutSpec, dropout } from './dropout.ts';
import { type FlattenSpec, flatten } from './flatten.ts';
import { type GlobalAveragePooling1DSpec, globalAveragePooling1d } from './global-average-pooling1d.ts';
import { type GlobalAveragePooling2DSpec, globalAveragePooling2d } from './global-average-pooling2d.ts';
import { type GRUSpec, gru } from './gru.ts';
import { type LayerNormalizationSpec, layerNormalization } from './layer-normalization.ts';
import { type LSTMSpec, lstm } from './lstm.ts';
import { type MaxPooling2DSpec, maxPooling2d } from './max-pooling2d.ts';
import { type MultiHeadAttentionSpec, multiHeadAttention } from './multi-head-attention.ts';
import { type PatchesSpec, patches } from './patches.ts';
import { type PositionEmbeddingSpec, positionEmbedding } from './position-embedding.ts';
import { type ReshapeSpec, reshape } from './reshape.ts';
import { type SeparableConv2DSpec, separableConv2d } from './separable-conv2d.ts';
import { type SimpleRNNSpec, simpleRnn } from './simple-rnn.ts';
import { type SpatialDropout2DSpec, spatialDropout2d } from './spatial-dropout2d.ts';
import type { LayerTraits } from './traits.ts';

/** One layer of a network, discriminated by `kind`. */
export type LayerSpec =
  | Conv2DSpec
  | DepthwiseConv2DSpec
  | SeparableConv2DSpec
  | MaxPooling2DSpec
  | AveragePooling2DSpec
  | GlobalAveragePooling2DSpec
  | GlobalAveragePooling1DSpec
  | FlattenSpec
  | ReshapeSpec
  | DenseSpec
  | DropoutSpec
  | SpatialDropout2DSpec
  | BatchNormalizationSpec
  | LayerNormalizationSpec
  | ActivationSpec
  | AddSpec
  | ConcatenateSpec
  | BranchSpec
  | PatchesSpec
  | PositionEmbeddingSpec
  | MultiHeadAttentionSpec
  | SimpleRNNSpec
  | LSTMSpec
  | GRUSpec;

/** The name of a kind of layer. */
export type LayerKind = LayerSpec['kind'];

/** The spec of one kind of layer. */
export type SpecOf<Kind extends LayerKind> = Extract<LayerSpec, { kind: Kind }>;

/** Every kind of layer, in the order of the palette. A kind without a definition does not compile. */
const LAYERS: { readonly [Kind in LayerKind]: LayerDefinition<SpecOf<Kind>> } = {
  conv2d,
  depthwiseConv2d,
  separableConv2d,
  maxPooling2d,
  averagePooling2d,
  globalAveragePooling2d,
  globalAveragePooling1d,
  flatten,
  reshape,
  dense,
  dropout,
  spatialDropout2d,
  batchNormalization,
  layerNormalization,
  activation,
  add,
  concatenate,
  branch,
  patches,
  positionEmbedding,
  multiHeadAttention,
  simpleRnn,
  lstm,
  gru,
};

/** The definition behind a layer, whatever its kind. */
export function definitionOf(kind: LayerKind): LayerDefinition<LayerSpec> {
  return LAYERS[kind];
}

/** What is true of every layer of this layer's kind. */
export function traitsOf({ kind }: LayerSpec): LayerTraits<LayerSpec> {
  return definitionOf(kind).traits;
}

/** The share of its values that a layer drops while the network trains; null for kinds that drop none. */
export function dropRateOf(layer: LayerSpec): number | null {
  return traitsOf(layer).drops && 'rate' in layer ? layer.rate : null;
}

/** Whether training leaves the weights of a layer as they are. */
export function isFrozen(layer: LayerSpec): boolean {
  return 'frozen' in layer && layer.frozen;
}

/** All kinds, in the order of the palette. */
export const LAYER_KINDS = Object.keys(LAYERS).filter((kind): kind is LayerKind => kind in LAYERS);
