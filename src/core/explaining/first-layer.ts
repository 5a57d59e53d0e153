import { at } from '../at.ts';
import { classCountOf, inputShapeOf, valueCountOf } from '../dataset/spec.ts';
import type { Graph } from '../network/graph.ts';
import type { GraphNode } from '../network/graph-node.ts';
import { traitsOf } from '../network/layers/registry.ts';
import type { Shape } from '../network/shape.ts';
import { sizeOf } from '../network/shape.ts';
import type { ColumnWeights } from './field-weights.ts';
import { keepsValues, normalizes } from './hidden-layer.ts';
import { type Tiles, tilesOf } from './tiles.ts';

/** What the first layer with weights looks for in a sample. */
export interface FirstLayer {
  /** As people see it, such as `Conv2D 1`; null where no layer has weights. */
  readonly name: string | null;
  /** A tile is a kernel of a convolution, or the weights from each pixel to a unit; null where neither can be drawn. */
  readonly tiles: Tiles | null;
  /** The weights from each value of a row to each unit; null where samples are images, or the layer takes no rows. */
  readonly columns: ColumnWeights | null;
  /** `second`: the only unit, whose value makes the second of two classes more likely. */
  readonly unit: 'filter' | 'unit' | 'class' | 'second';
}

/**
 * The kernel of the first layer with weights, normalisation aside. Convolution: the part for input channel 0. Dense: where
 * its inputs are the pixels of one gray image. `weights`: those of the graph in their order.
 */
export function firstLayerOf(graph: Graph, weights: readonly Float32Array[]): FirstLayer {
  const { nodes, dataset } = graph;
  const position = nodes.findIndex((node) => node.weights.length > 0 && !normalizes(node));
  const node = nodes[position];
  if (node === undefined) return { name: null, tiles: null, columns: null, unit: 'filter' };
  const first = nodes.slice(0, position).flatMap((above) => above.weights).length;
  const kernel = weights[first + node.weights.findIndex(({ name }) => name === 'kernel')] ?? new Float32Array();
  const isLast = nodes.findLast((other) => other.weights.length > 0) === node;
  const unit = node.spec.kind === 'conv2d' ? 'filter' : isLast ? outputUnit(node, classCountOf(dataset)) : 'unit';
  return {
    name: node.name,
    tiles: kernelTiles(graph, node, kernel),
    columns: columnWeights(graph, node, kernel),
    unit,
  };
}

/** What a unit of the layer that answers stands for. */
function outputUnit({ output }: GraphNode, classes: number): FirstLayer['unit'] {
  if (output[0] === classes) return 'class';
  return output[0] === 1 && classes === 2 ? 'second' : 'unit';
}

/** Of a dense layer that takes the values of a row in their order, normalised or not. */
function columnWeights({ nodes, dataset }: Graph, layer: GraphNode, kernel: Float32Array): ColumnWeights | null {
  const units = sizeOf(layer.output);
  if (dataset.samples.kind !== 'table' || layer.spec.kind !== 'dense') return null;
  if (kernel.length !== valueCountOf(dataset.samples) * units) return null;
  let position = at(layer.inputs, 0);
  for (let node = nodes[position]; node !== undefined; node = nodes[position]) {
    if (!keepsValues(node) && !normalizes(node)) return null;
    position = at(node.inputs, 0);
  }
  return { units, values: kernel.slice() };
}

function kernelTiles(graph: Graph, node: GraphNode, kernel: Float32Array): Tiles | null {
  const shape = node.weights.find(({ name }) => name === 'kernel')?.shape ?? [];
  if (node.spec.kind === 'conv2d') {
    const [height = 1, width = 1, channels = 1, count = 1] = shape;
    return tilesOf(kernel, { height, width, count }, channels * count);
  }
  const [height, width, channels] = node.spec.kind === 'dense' ? imageBehind(graph, node) : [];
  if (height === undefined || width === undefined || channels !== 1) return null;
  return tilesOf(kernel, { height, width, count: at(shape, 1) });
}

/** The shape of the image, or of the patch, whose values, in their order, a layer takes. */
function imageBehind({ nodes, dataset }: Graph, layer: GraphNode): Shape {
  let position = at(layer.inputs, 0);
  for (let node = nodes[position]; node !== undefined && keepsValues(node); node = nodes[position]) {
    position = at(node.inputs, 0);
  }
  const source = nodes[position];
  if (source === undefined || !traitsOf(source.spec).cutsPatches || !('patchSize' in source.spec))
    return source?.output ?? inputShapeOf(dataset);
  const { patchSize } = source.spec;
  return [patchSize, patchSize, at(source.input, 2)];
}
