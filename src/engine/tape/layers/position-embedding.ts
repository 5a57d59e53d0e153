import type { PositionEmbeddingSpec } from '../../../core/network/layers/position-embedding.ts';
import { addToEach } from '../ops/add-to-each.ts';
import type { LayerForward } from './forward.ts';

/** The sum of each place and its own vector: [batch, places, features] to the same shape. */
export const positionEmbedding: LayerForward<PositionEmbeddingSpec> = ({ inputs: [x], weights }) =>
  addToEach(x, weights.get('embeddings'));
