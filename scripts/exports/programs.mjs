import { kerasCode } from '../../src/core/exporting/keras.ts';
import { pytorchCode } from '../../src/core/exporting/pytorch.ts';
import { analyse } from '../../src/core/network/graph.ts';

/**
 * The programs for a network.
 * @param {import('../../src/core/network/network.ts').Network} network
 * @param {import('../../src/core/dataset/spec.ts').DatasetSpec} dataset
 * @param {import('../../src/core/training/recipe.ts').Recipe} recipe
 */
export function programsOf(network, dataset, recipe) {
  const { graph, issues } = analyse(network, dataset);
  if (graph === null) throw new Error(issues.map(({ message }) => message).join(' '));
  return { torch: pytorchCode(graph, recipe), keras: kerasCode(graph, recipe) };
}
