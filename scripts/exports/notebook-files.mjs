import { kerasWeights } from '../../src/core/exporting/files/keras-model.ts';
import { notebookOf } from '../../src/core/exporting/files/notebook.ts';
import { torchTensors } from '../../src/core/exporting/files/pytorch-tensors.ts';
import { safetensorsFile } from '../../src/core/exporting/files/safetensors.ts';
import { kerasCode } from '../../src/core/exporting/keras.ts';
import { pytorchCode } from '../../src/core/exporting/pytorch.ts';
import { analyse } from '../../src/core/network/graph.ts';
import { sizeOf } from '../../src/core/network/shape.ts';
import { defaultRecipe } from '../../src/core/training/recipe.ts';
import { layers } from '../../tests/fixtures/specs/fixture.ts';
import { smallDatasets } from './datasets.mjs';

/**
 * Notebooks of a small network, and the weights that they begin with, by their names.
 * @returns {Readonly<Record<string, string | Uint8Array>>}
 */
export function notebookFiles() {
  const { spec } = smallDatasets().spots;
  const { graph } = analyse(
    {
      layers: layers(['conv2d', { filters: 4 }], ['flatten'], ['dense', { units: 4, activation: 'softmax' }]),
    },
    spec,
  );
  if (graph === null) throw new Error('The network of the notebooks does not fit together.');
  const recipe = { ...defaultRecipe(spec), epochs: 2 };
  const weights = graph.nodes.flatMap((node) =>
    node.weights.map(({ shape }) => new Float32Array(sizeOf(shape)).fill(0.01)),
  );
  return {
    'train_pytorch.ipynb': notebookOf(
      pytorchCode(graph, recipe, { weights: 'network.safetensors' }),
      '# A network',
      'torch',
    ),
    'train_keras.ipynb': notebookOf(
      kerasCode(graph, recipe, { weights: 'network.weights.h5' }),
      '# A network',
      'keras',
    ),
    'network.safetensors': safetensorsFile(torchTensors(graph, weights), {}),
    'network.weights.h5': kerasWeights(graph, weights),
  };
}
