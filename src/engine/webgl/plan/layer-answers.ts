import { lastHidden } from '../../../core/explaining/hidden-layer.ts';
import type { Graph } from '../../../core/network/graph.ts';
import type { Gpu } from '../gpu.ts';
import { Answers } from './answers.ts';
import type { Parity } from './parameters.ts';
import type { PlanOptions } from './plan-options.ts';
import { plannedLayersUpTo } from './planned-layers.ts';

/** The outputs of each layer of a network. Owns the plans of the layers that were asked for. */
export class LayerAnswers {
  readonly #gpu: Gpu;
  readonly #graph: Graph;
  readonly #options: Pick<PlanOptions, 'parameters' | 'optimizer'>;
  readonly #throwIfLost: () => void;
  readonly #layers = new Map<number, Answers>();

  /** The graph must be without `unsupportedReason`. */
  constructor(gpu: Gpu, graph: Graph, options: Pick<PlanOptions, 'parameters' | 'optimizer'>, throwIfLost: () => void) {
    this.#gpu = gpu;
    this.#graph = graph;
    this.#options = options;
    this.#throwIfLost = throwIfLost;
  }

  /** Values [n, width] of the last hidden layer for samples as they are stored. */
  features(samples: Uint8Array, parity: Parity): Promise<Float32Array<ArrayBuffer>> {
    return this.ask(samples, lastHidden(this.#graph).position, parity);
  }

  /** Values [n, width] of the layer at a position of the graph for samples as they are stored; at -1 the inputs themselves. */
  ask(samples: Uint8Array, position: number, parity: Parity): Promise<Float32Array<ArrayBuffer>> {
    return this.#at(position).ask(samples, parity);
  }

  dispose(): void {
    for (const answers of this.#layers.values()) answers.dispose();
    this.#layers.clear();
  }

  #at(position: number): Answers {
    const known = this.#layers.get(position);
    if (known) return known;
    const layers = plannedLayersUpTo(this.#graph, position);
    if (typeof layers === 'string') throw new RangeError(`The kernels cannot carry out ${layers}.`);
    const answers = new Answers(
      this.#gpu,
      { ...this.#options, layers, dataset: this.#graph.dataset },
      this.#throwIfLost,
    );
    this.#layers.set(position, answers);
    return answers;
  }
}
