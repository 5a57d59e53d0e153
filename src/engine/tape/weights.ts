import { dispose, tensor, tidy, type Variable, variable } from '@tensorflow/tfjs-core';
import { at } from '../../core/at.ts';
import type { Graph } from '../../core/network/graph.ts';
import type { WeightSpec } from '../../core/network/layers/definition.ts';
import { initialWeights } from '../initial-weights.ts';
import { LayerWeights, type Weight } from './layers/layer-weights.ts';

/** All weights of a network on the device. Owns them until `dispose`. */
export class NetworkWeights {
  readonly #layers: readonly LayerWeights[];

  /** Initial weights, each drawn from its own random stream; or the given ones, in the order of `all`. */
  constructor(graph: Graph, seed: number, given: readonly Float32Array[] = initialWeights(graph, seed)) {
    let taken = 0;
    this.#layers = graph.nodes.map(
      (node) => new LayerWeights(node.weights.map((spec) => createWeight(spec, at(given, taken++)))),
    );
  }

  /** The weights of the layer at this position of the graph. */
  of(position: number): LayerWeights {
    const layer = this.#layers[position];
    if (layer === undefined) throw new RangeError(`There is no layer at position ${position}.`);
    return layer;
  }

  /** Every weight, layer by layer, in the order in which Keras lists them. */
  get all(): readonly Weight[] {
    return this.#layers.flatMap((layer) => layer.all);
  }

  /** The variables that training updates. */
  get trainable(): readonly Variable[] {
    return this.all.filter(({ spec }) => spec.trainable).map((weight) => weight.variable);
  }

  dispose(): void {
    dispose(this.all.map((weight) => weight.variable));
  }
}

function createWeight(spec: WeightSpec, values: Float32Array): Weight {
  return { spec, variable: tidy(() => variable(tensor(values, [...spec.shape]), spec.trainable)) };
}
