import { classCountOf } from '../../../core/dataset/spec.ts';
import type { Graph } from '../../../core/network/graph.ts';
import { checkSizes } from '../../../core/network/weights-file.ts';
import type { Device } from '../../device.ts';
import type { Predictor } from '../../engine.ts';
import { softmaxRows } from '../../scores.ts';
import type { Gpu } from '../gpu.ts';
import { Answers } from './answers.ts';
import { LayerAnswers } from './layer-answers.ts';
import { Parameters } from './parameters.ts';
import { plannedLayersOf } from './planned-layers.ts';

/** An optimizer without moments: a network that only answers is never updated. */
const NONE = { kind: 'sgd' } as const;

/** A trained network that only answers, computed by the kernels. Owns its weights. */
export class PlannedPredictor implements Predictor {
  readonly #throwIfLost: () => void;
  readonly #parameters: Parameters;
  readonly #logits: Answers;
  readonly #classes: number;
  readonly #layers: LayerAnswers;

  /**
   * The graph must be without `unsupportedReason`. `weights`: those of the graph in their order; a RangeError where they do not fit.
   */
  constructor(graph: Graph, weights: readonly Float32Array[], gpu: Gpu, device: Pick<Device, 'throwIfLost'>) {
    checkSizes(graph, weights);
    const layers = plannedLayersOf(graph);
    if (typeof layers === 'string') throw new RangeError(`The kernels cannot carry out ${layers}.`);
    const parameters = new Parameters(gpu, graph, NONE, 0);
    parameters.writeAll(weights, []);
    const options = { parameters, optimizer: NONE };
    this.#throwIfLost = () => device.throwIfLost();
    this.#parameters = parameters;
    this.#classes = classCountOf(graph.dataset);
    this.#logits = new Answers(gpu, { ...options, layers, dataset: graph.dataset }, this.#throwIfLost);
    this.#layers = new LayerAnswers(gpu, graph, options, this.#throwIfLost);
  }

  async predict(samples: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    this.#throwIfLost();
    return softmaxRows(await this.#logits.ask(samples, 0), this.#classes);
  }

  async features(samples: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    this.#throwIfLost();
    return this.#layers.features(samples, 0);
  }

  async activations(samples: Uint8Array, position: number): Promise<Float32Array<ArrayBuffer>> {
    this.#throwIfLost();
    return this.#layers.ask(samples, position, 0);
  }

  dispose(): void {
    for (const owned of [this.#logits, this.#layers, this.#parameters]) owned.dispose();
  }
}
