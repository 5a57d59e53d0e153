import { analyse, type Graph } from '../../src/core/graph.ts';
import { createLayer, type Network } from '../../src/core/network.ts';
import { ciutacuCnn } from '../../src/core/presets/ciutacu.ts';
import { malcaSitalkilDense } from '../../src/core/presets/malca-sitalkil.ts';

const conv = (id: string, filters: number) => createLayer('conv2d', id, { filters, padding: 'same' });

/** Elvland's VGG-like network: three pairs of convolutions, 584,170 parameters. */
const elvland: Network = {
  layers: [
    conv('conv2d-1', 32),
    conv('conv2d-2', 32),
    createLayer('maxPooling2d', 'maxPooling2d-1'),
    conv('conv2d-3', 64),
    conv('conv2d-4', 64),
    createLayer('maxPooling2d', 'maxPooling2d-2'),
    conv('conv2d-5', 128),
    conv('conv2d-6', 128),
    createLayer('maxPooling2d', 'maxPooling2d-3'),
    createLayer('flatten', 'flatten-1'),
    createLayer('dense', 'dense-1', { units: 256 }),
    createLayer('dense', 'dense-2', { units: 10, activation: 'softmax' }),
  ],
};

/** The networks that are measured. */
const NETWORKS: ReadonlyMap<string, Network> = new Map([
  ['A', malcaSitalkilDense.network],
  ['B', ciutacuCnn.network],
  ['C', elvland],
]);

/** The graph of a case; a RangeError names one that does not exist or does not fit together. */
export function graphOf(name: string): Graph {
  const network = NETWORKS.get(name);
  const graph = network === undefined ? null : analyse(network).graph;
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
