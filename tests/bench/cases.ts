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

const conv3 = (id: string, filters: number, strides = 1) =>
  createLayer('conv2d', id, { filters, strides, padding: 'same', activation: 'linear', useBias: false });
const norm = (id: string) => createLayer('batchNormalization', id);
const relu = (id: string) => createLayer('activation', id, { activation: 'relu' });

/** A residual block of two convolutions; `from` is the layer above it, with as many channels. */
const residual = (id: string, filters: number, from: string) => [
  conv3(`${id}-first`, filters),
  norm(`${id}-first-norm`),
  relu(`${id}-first-relu`),
  conv3(`${id}-second`, filters),
  norm(`${id}-second-norm`),
  createLayer('add', `${id}-add`, { from }),
  relu(`${id}-relu`),
];

/** A residual network with batch normalisation (He et al., arXiv:1512.03385), three stages of one block each. */
const residualNetwork: Network = {
  layers: [
    ...[conv3('stem-1', 32), norm('stem-1-norm'), relu('stem-1-relu')],
    ...residual('block-1', 32, 'stem-1-relu'),
    ...[conv3('stem-2', 64, 2), norm('stem-2-norm'), relu('stem-2-relu')],
    ...residual('block-2', 64, 'stem-2-relu'),
    ...[conv3('stem-3', 128, 2), norm('stem-3-norm'), relu('stem-3-relu')],
    ...residual('block-3', 128, 'stem-3-relu'),
    createLayer('globalAveragePooling2d', 'pool'),
    createLayer('dense', 'scores', { units: 10, activation: 'softmax' }),
  ],
};

/** The networks that are measured. */
const NETWORKS: ReadonlyMap<string, Network> = new Map([
  ['A', malcaSitalkilDense.network],
  ['B', ciutacuCnn.network],
  ['C', elvland],
  ['R', residualNetwork],
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
