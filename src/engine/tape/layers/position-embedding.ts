import { add } from '@tensorflow/tfjs-core';
import type { PositionEmbeddingSpec } from '../../../core/network/layers/position-embedding.ts';
import type { LayerForward } from './forward.ts';

/** The sum of each place and its own vector: [batch, places, features] to the same shape. */
export const positionEmbedding: LayerForward<PositionEmbeddingSpec> = ({ inputs: [x], weights }) =>
  add(x, weights.get('embeddings'));
