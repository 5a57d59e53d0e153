import { concat, reshape, type Tensor, type Tensor2D, zerosLike } from '@tensorflow/tfjs-core';
import { classCountOf, type DatasetSpec, inputShapeOf } from '../../core/dataset/spec.ts';
import { type HiddenLayer, lastHidden } from '../../core/explaining/hidden-layer.ts';
import type { Graph } from '../../core/network/graph.ts';
import type { GraphNode } from '../../core/network/graph-node.ts';
import type { LayerSpec } from '../../core/network/layers/registry.ts';
import { sizeOf } from '../../core/network/shape.ts';
import type { PassContext } from './layers/forward.ts';
import { callLayer } from './layers/registry.ts';
import { matrixOf } from './tensors.ts';
import type { NetworkWeights } from './weights.ts';

/** A network that can be asked: a graph and its weights. It owns nothing. */
export class Model {
  readonly weights: NetworkWeights;
  readonly hidden: HiddenLayer;
  readonly dataset: DatasetSpec;
  /** How many classes it tells apart. */
  readonly classes: number;
  readonly #nodes: readonly GraphNode[];

  constructor(graph: Graph, weights: NetworkWeights) {
    this.#nodes = withLogits(graph.nodes);
    this.weights = weights;
    this.dataset = graph.dataset;
    this.classes = classCountOf(graph.dataset);
    this.hidden = lastHidden(graph);
  }

  /**
   * Logits [batch, classes] for samples [batch, ...input shape]: the outputs before the final softmax. The logit z of a
   * single sigmoid unit comes as the two logits 0 and z, whose softmax is its probability and the rest. Runs inside a tidy.
   */
  forward(samples: Tensor, context: PassContext): Tensor2D {
    const outputs = matrixOf(this.#pass(this.#nodes, samples, context));
    return outputs.shape[1] === 1 ? concat([zerosLike(outputs), outputs], 1) : outputs;
  }

  /** Values [batch, width] of the layer at a position for samples [batch, ...input shape]. Runs inside a tidy. */
  activations(samples: Tensor, position: number, context: PassContext): Tensor2D {
    const output = this.#pass(this.#nodes.slice(0, position + 1), samples, context);
    return matrixOf(reshape(output, [-1, this.widthOf(position)]));
  }

  /** Values that the layer at a position gives for a sample; -1 is the Input. A RangeError where there is no such layer. */
  widthOf(position: number): number {
    const shape = position === -1 ? inputShapeOf(this.dataset) : this.#nodes[position]?.output;
    if (shape === undefined) throw new RangeError(`There is no layer at position ${position}.`);
    return sizeOf(shape);
  }

  /** The output of the last of the first nodes of the network. */
  #pass(nodes: readonly GraphNode[], samples: Tensor, context: PassContext): Tensor {
    const outputs: Tensor[] = [];
    nodes.forEach(({ spec, inputs }, position) => {
      const [first = samples, ...rest] = inputs.map((input) => outputs[input] ?? samples);
      const weights = this.weights.of(position);
      outputs.push(callLayer(spec.kind, { spec, inputs: [first, ...rest], weights, position, context }));
    });
    return outputs.at(-1) ?? samples;
  }
}

/**
 * The nodes with the last softmax or sigmoid left out, whether a layer of its own or part of one: the loss is exact only
 * from logits. Where probabilities are wanted, they are made of the logits that are read back.
 */
function withLogits(nodes: readonly GraphNode[]): readonly GraphNode[] {
  return nodes.map((node, position) => (position === nodes.length - 1 ? { ...node, spec: linear(node.spec) } : node));
}

function linear(spec: LayerSpec): LayerSpec {
  return 'activation' in spec ? { ...spec, activation: 'linear' } : spec;
}
