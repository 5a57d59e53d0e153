import { at } from '../../../core/at.ts';
import type { PositionEmbeddingSpec } from '../../../core/network/layers/position-embedding.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import { giveColumnSums } from './products.ts';
import type { LayerRecorder } from './site.ts';

/** The sum of each place and its own vector: [batch, places, features] to the same shape. */
export const positionEmbedding: LayerRecorder<PositionEmbeddingSpec> = ({ recorder, node, inputs: [x], get }) => {
  const values = get('embeddings');
  const rows = at(x.shape, 0);
  const y = recorder.value(node.name, x.shape, [x, values]);
  const attributes = { rows, columns: sizeOf(values.shape) };
  const inputs = { x: x.buffer, values: values.buffer };
  recorder.emit({ name: 'addToRows', inputs, outputs: { y: y.buffer }, attributes });
  recorder.onBackward(y, (dy) => {
    recorder.give(x, dy);
    giveColumnSums(recorder, node.name, values, dy, rows);
  });
  return y;
};
