import { analyse, type Graph } from '../../src/core/network/graph.ts';
import type { Network } from '../../src/core/network/network.ts';
import { ciutacuCnn } from '../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { elvlandVgg } from '../../src/datasets/fashion-mnist/presets/elvland.ts';
import { malcaSitalkilDense } from '../../src/datasets/fashion-mnist/presets/malca-sitalkil.ts';
import { smallResNet } from '../../src/datasets/fashion-mnist/presets/own.ts';
import { FASHION_MNIST } from '../../src/datasets/fashion-mnist/spec.ts';

/** The networks that are measured: a dense one, a small and a deep convolutional one, a residual one. */
const NETWORKS: ReadonlyMap<string, Network> = new Map([
  ['A', malcaSitalkilDense.network],
  ['B', ciutacuCnn.network],
  ['C', elvlandVgg.network],
  ['R', smallResNet.network],
]);

/** The graph of a case; a RangeError names one that does not exist or does not fit together. */
export function graphOf(name: string): Graph {
  const network = NETWORKS.get(name);
  const graph = network === undefined ? null : analyse(network, FASHION_MNIST).graph;
  if (graph === null) throw new RangeError(`There is no case ${name}.`);
  return graph;
}

/**
 * Floating-point operations of one training step for one image in the layers with a kernel: forward, towards the weights
 * and, but for the first of them, towards the input.
 */
export function trainingFlops(graph: Graph): number {
  const kernels = graph.nodes.filter((node) => node.weights.some(({ name }) => name === 'kernel'));
  const forward = kernels.reduce((sum, node) => sum + node.flops, 0);
  return 3 * forward - (kernels[0]?.flops ?? 0);
}
