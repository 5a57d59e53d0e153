import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayerKind, SpecOf } from '../../../core/network/layers/registry.ts';
import { activation } from './activation.ts';
import { add } from './add.ts';
import { averagePooling2d } from './average-pooling2d.ts';
import { batchNormalization } from './batch-normalization.ts';
import { branch } from './branch.ts';
import { concatenate } from './concatenate.ts';
import { conv2d } from './conv2d.ts';
import { dense } from './dense.ts';
import { depthwiseConv2d } from './depthwise-conv2d.ts';
import { dropout } from './dropout.ts';
import { flatten } from './flatten.ts';
import type { LayerCall, LayerForward } from './forward.ts';
import { globalAveragePooling1d } from './global-average-pooling1d.ts';
import { globalAveragePooling2d } from './global-average-pooling2d.ts';
import { gru } from './gru.ts';
import { layerNormalization } from './layer-normalization.ts';
import { lstm } from './lstm.ts';
import { maxPooling2d } from './max-pooling2d.ts';
import { multiHeadAttention } from './multi-head-attention.ts';
import { patches } from './patches.ts';
import { positionEmbedding } from './position-embedding.ts';
import { reshape } from './reshape.ts';
import { separableConv2d } from './separable-conv2d.ts';
import { simpleRnn } from './simple-rnn.ts';
import { spatialDropout2d } from './spatial-dropout2d.ts';

/** What each kind of layer does. A kind that is missing here does not compile. */
const FORWARDS: { readonly [Kind in LayerKind]: LayerForward<SpecOf<Kind>> } = {
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

/** Sends inputs through a layer of a given kind. */
export function callLayer<Kind extends LayerKind>(kind: Kind, call: LayerCall<SpecOf<Kind>>): Tensor {
  return FORWARDS[kind](call);
}
