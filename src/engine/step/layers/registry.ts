import type { LayerKind, SpecOf } from '../../../core/network/layers/registry.ts';
import type { Value } from '../recorder.ts';
import { activation } from './activation.ts';
import { add } from './add.ts';
import { batchNormalization } from './batch-normalization.ts';
import { branch } from './branch.ts';
import { concatenate } from './concatenate.ts';
import { conv2d } from './conv2d.ts';
import { dense } from './dense.ts';
import { depthwiseConv2d, separableConv2d } from './depthwise-conv2d.ts';
import { dropout } from './dropout.ts';
import { flatten } from './flatten.ts';
import { globalAveragePooling1d, globalAveragePooling2d } from './global-average-pooling.ts';
import { layerNormalization } from './layer-normalization.ts';
import { multiHeadAttention } from './multi-head-attention.ts';
import { patches } from './patches.ts';
import { averagePooling2d, maxPooling2d } from './pooling.ts';
import { positionEmbedding } from './position-embedding.ts';
import { gru, lstm, simpleRnn } from './recurrent.ts';
import { reshape } from './reshape.ts';
import type { LayerRecorder, LayerSite } from './site.ts';
import { spatialDropout2d } from './spatial-dropout2d.ts';

/** How each kind of layer is recorded. One without it does not compile. */
const RECORDERS: { readonly [Kind in LayerKind]: LayerRecorder<SpecOf<Kind>> } = {
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
  simpleRnn,
  lstm,
  gru,
  patches,
  positionEmbedding,
  multiHeadAttention,
};

/** Records a layer of a given kind. */
export function recordLayer<Kind extends LayerKind>(kind: Kind, site: LayerSite<SpecOf<Kind>>): Value {
  return RECORDERS[kind](site);
}
