import type { LayerKind } from '../../network/layers/registry.ts';

/** Why tfjs cannot have a kind of layer, as a sentence; null where it can. */
export const TFJS_LACKS: { readonly [Kind in LayerKind]: string | null } = {
  conv2d: null,
  depthwiseConv2d: null,
  separableConv2d: null,
  maxPooling2d: null,
  averagePooling2d: null,
  globalAveragePooling2d: null,
  globalAveragePooling1d: null,
  flatten: null,
  reshape: null,
  dense: null,
  dropout: null,
  spatialDropout2d: null,
  batchNormalization: null,
  layerNormalization: null,
  activation: null,
  add: null,
  concatenate: null,
  branch: null,
  patches: null,
  positionEmbedding: 'TensorFlow.js has no PositionEmbedding.',
  multiHeadAttention: 'TensorFlow.js has no MultiHeadAttention.',
  simpleRnn: null,
  lstm: null,
  gru: 'TensorFlow.js has no GRU of this form (with the reset gate behind the product): take an LSTM instead.',
};
