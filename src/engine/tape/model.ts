import { reshape, type Tensor, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import { type HiddenLayer, lastHidden } from '../../core/explaining/hidden-layer.ts';
import type { Graph, GraphNode } from '../../core/network/graph.ts';
import type { LayerSpec } from '../../core/network/layers/registry.ts';
import { INPUT_SHAPE, sizeOf } from '../../core/network/shape.ts';
import type { PassContext } from './layers/forward.ts';
import { callLayer } from './layers/registry.ts';
import { matrixOf } from './tensors.ts';
import type { NetworkWeights } from './weights.ts';

/** A network that can be asked: a graph and its weights. It owns nothing. */
export class Model {
  readonly weights: NetworkWeights;
  readonly hidden: HiddenLayer;
  readonly #nodes: readonly GraphNode[];

  constructor(graph: Graph, weights: NetworkWeights) {
    this.#nodes = withoutFinalSoftmax(graph.nodes);
    this.weights = weights;
    this.hidden = lastHidden(graph);
  }

  /** Logits [batch, 10] for images [batch, 28, 28, 1]: the outputs before the final softmax. Runs inside a tidy. */
  forward(images: Tensor4D, context: PassContext): Tensor2D {
    return matrixOf(this.#pass(this.#nodes, images, context));
  }

  /** Values [batch, width] of the layer at a position for images [batch, 28, 28, 1]. Runs inside a tidy. */
  activations(images: Tensor4D, position: number, context: PassContext): Tensor2D {
    const output = this.#pass(this.#nodes.slice(0, position + 1), images, context);
    return matrixOf(reshape(output, [-1, this.widthOf(position)]));
  }

  /** Values that the layer at a position gives for an image; -1 is the Input. A RangeError where there is no such layer. */
  widthOf(position: number): number {
    const shape = position === -1 ? INPUT_SHAPE : this.#nodes[position]?.output;
    if (shape === undefined) throw new RangeError(`There is no layer at position ${position}.`);
    return sizeOf(shape);
  }

  /** The output of the last of the first nodes of the network. */
  #pass(nodes: readonly GraphNode[], images: Tensor4D, context: PassContext): Tensor {
    const outputs: Tensor[] = [];
    nodes.forEach(({ spec, inputs }, position) => {
      const [first = images, ...rest] = inputs.map((input) => outputs[input] ?? images);
      const weights = this.weights.of(position);
      outputs.push(callLayer(spec.kind, { spec, inputs: [first, ...rest], weights, position, context }));
    });
    return outputs.at(-1) ?? images;
  }
}

/**
 * The nodes with the last softmax left out, whether a layer of its own or part of one: the loss is exact only from
 * logits. Where the softmax is wanted, it is taken of what is read back.
 */
function withoutFinalSoftmax(nodes: readonly GraphNode[]): readonly GraphNode[] {
  return nodes.map((node, position) => (position === nodes.length - 1 ? { ...node, spec: linear(node.spec) } : node));
}

function linear(spec: LayerSpec): LayerSpec {
  return 'activation' in spec ? { ...spec, activation: 'linear' } : spec;
}
