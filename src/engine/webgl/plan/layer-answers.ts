import { IMAGE_BYTES } from '../../../core/dataset/stream-events.ts';
import { lastHidden } from '../../../core/explaining/hidden-layer.ts';
import type { Graph } from '../../../core/network/graph.ts';
import type { Gpu } from '../gpu.ts';
import { Answers } from './answers.ts';
import { outlineUpTo } from './outline.ts';
import type { Parity } from './parameters.ts';
import type { PlanOptions } from './plan-options.ts';

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

  /** Values [n, width] of the last hidden layer for pixels [n, 784]. */
  features(pixels: Uint8Array, parity: Parity): Promise<Float32Array<ArrayBuffer>> {
    return this.ask(pixels, lastHidden(this.#graph).position, parity);
  }

  /** Values [n, width] of the layer at a position of the graph for pixels [n, 784]; the pixels, 0 ... 1, at -1. */
  ask(pixels: Uint8Array, position: number, parity: Parity): Promise<Float32Array<ArrayBuffer>> {
    return this.#at(position).ask(pixels, pixels.length / IMAGE_BYTES, parity);
  }

  dispose(): void {
    for (const answers of this.#layers.values()) answers.dispose();
    this.#layers.clear();
  }

  #at(position: number): Answers {
    const known = this.#layers.get(position);
    if (known) return known;
    const outline = outlineUpTo(this.#graph, position);
    if (typeof outline === 'string') throw new RangeError(`The kernels cannot carry out ${outline}.`);
    const answers = new Answers(this.#gpu, { ...this.#options, outline }, this.#throwIfLost);
    this.#layers.set(position, answers);
    return answers;
  }
}
