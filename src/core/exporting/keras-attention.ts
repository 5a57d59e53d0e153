import type { PatchesSpec } from '../network/layers/patches.ts';
import { patchGrid } from '../network/layers/patches.ts';
import { EMBEDDING_STDDEV } from '../network/layers/position-embedding.ts';
import type { Shape } from '../network/shape.ts';
import { sizeOf } from '../network/shape.ts';
import { call } from './python.ts';

/** Patches out of layers that Keras has: lines of patches, their rows brought together, and each patch in a row. */
export function patchLayers(spec: PatchesSpec, input: Shape): readonly string[] {
  const { patchSize: size } = spec;
  const [rows, columns] = patchGrid(spec, input);
  const line = size * (input[2] ?? 1);
  return [
    call('layers.Reshape', [[rows, size, columns, line]]),
    call('layers.Permute', [[1, 3, 2, 4]]),
    call('layers.Reshape', [[rows * columns, sizeOf(input) / (rows * columns)]]),
  ];
}

/** The layer that Keras lacks. */
export const POSITION_EMBEDDING: readonly string[] = [
  '@keras.saving.register_keras_serializable()',
  'class PositionEmbedding(layers.Layer):',
  '    """Adds a trained vector to each place of a sequence."""',
  '',
  '    def build(self, input_shape):',
  `        start = initializers.RandomNormal(stddev=${EMBEDDING_STDDEV})`,
  '        self.embeddings = self.add_weight(name="embeddings", shape=input_shape[1:], initializer=start)',
  '',
  '    def call(self, x):',
  '        return x + self.embeddings',
];
