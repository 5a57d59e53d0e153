import type { Graph } from '../../core/network/graph.ts';
import { checkSizes } from '../../core/network/weights-file.ts';
import type { Device } from '../device.ts';
import type { Predictor } from '../engine.ts';
import { activationsOf, probabilitiesOf } from './evaluate.ts';
import { Model } from './model.ts';
import { NetworkWeights } from './weights.ts';

/** A trained network that only answers. Owns its weights. */
export class NetworkPredictor implements Predictor {
  readonly #device: Device;
  readonly #model: Model;

  /** `weights`: those of the graph in their order; a RangeError where they do not fit. */
  constructor(graph: Graph, weights: readonly Float32Array[], device: Device) {
    checkSizes(graph, weights);
    this.#device = device;
    this.#model = new Model(graph, new NetworkWeights(graph, 0, weights));
  }

  predict(samples: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    return probabilitiesOf(this.#model, this.#device, samples);
  }

  features(samples: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    return this.activations(samples, this.#model.hidden.position);
  }

  activations(samples: Uint8Array, position: number): Promise<Float32Array<ArrayBuffer>> {
    return activationsOf(this.#model, this.#device, samples, position);
  }

  dispose(): void {
    this.#model.weights.dispose();
  }
}
