import { at } from '../at.ts';
import { inputShapeOf } from '../dataset/spec.ts';
import type { Graph } from '../network/graph.ts';
import type { GraphNode } from '../network/graph-node.ts';
import { traitsOf } from '../network/layers/registry.ts';
import { sizeOf } from '../network/shape.ts';

/** The last hidden layer of a network: the values by which its output layer decides. */
export interface HiddenLayer {
  /** Its position in the graph; -1 where the output layer takes the samples themselves. */
  readonly position: number;
  /** As people see it, such as `Dense 1`. */
  readonly name: string;
  /** Values a sample. */
  readonly width: number;
}

/**
 * The layer whose values enter the last layer with weights; normalisation does not count as one. Layers that change no
 * value in inference mode, such as Flatten and Dropout, are skipped: the layer before them gives its name.
 */
export function lastHidden({ nodes, dataset }: Graph): HiddenLayer {
  const output = nodes.findLast((node) => node.weights.length > 0 && !normalizes(node));
  let position = output?.inputs[0] ?? -1;
  for (let node = nodes[position]; node !== undefined && keepsValues(node); node = nodes[position]) {
    position = at(node.inputs, 0);
  }
  const layer = nodes[position];
  return { position, name: layer?.name ?? 'Input', width: sizeOf(layer?.output ?? inputShapeOf(dataset)) };
}

/** Whether the network decides by the pixels themselves, as softmax regression does: there is no hidden layer then. */
export function decidesByPixels({ position }: HiddenLayer): boolean {
  return position === -1;
}

/** Whether a layer only normalises. */
export function normalizes({ spec }: GraphNode): boolean {
  return traitsOf(spec).normalizes !== 'nothing';
}

/** Whether a layer's outputs are its inputs, in their order. */
export function keepsValues({ spec }: GraphNode): boolean {
  return traitsOf(spec).keepsValues && (!('activation' in spec) || spec.activation === 'linear');
}
