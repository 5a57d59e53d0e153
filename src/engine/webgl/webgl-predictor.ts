import { at } from '../../core/at.ts';
import { lastHidden } from '../../core/explaining/hidden-layer.ts';
import type { Graph } from '../../core/network/graph.ts';
import { checkSizes } from '../../core/network/weights-file.ts';
import type { Device } from '../device.ts';
import type { Predictor } from '../engine.ts';
import { recordAnswer, weightBuffers } from '../step/record-step.ts';
import type { Gpu } from './gpu.ts';
import { LastingTextures } from './lasting-textures.ts';
import { NetworkDraws } from './network-draws.ts';
import { pairsOf } from './weight-pairs.ts';

/** A trained network that only answers, computed by the kernels. Owns its weights. */
export class WebglPredictor implements Predictor {
  readonly #graph: Graph;
  readonly #lasting: LastingTextures;
  readonly #draws: NetworkDraws;

  /**
   * There must be draws for the graph: see `unsupportedNetwork`. `weights`: those of the graph in their order; a RangeError where they do not
   * fit.
   */
  constructor(graph: Graph, weights: readonly Float32Array[], gpu: Gpu, device: Pick<Device, 'throwIfLost'>) {
    checkSizes(graph, weights);
    const buffers = weightBuffers(graph);
    const { operations } = recordAnswer(graph, buffers, { batch: 1, position: graph.nodes.length - 1 });
    const lasting = gpu.allOrNothing(
      () => new LastingTextures(gpu, pairsOf(operations, { weights: buffers, slots: [] })),
    );
    for (const [i, buffer] of buffers.entries()) lasting.write(buffer, at(weights, i));
    this.#graph = graph;
    this.#lasting = lasting;
    const throwIfLost = () => device.throwIfLost();
    this.#draws = new NetworkDraws({ gpu, graph, buffers, weights: () => ({ lasting, side: 0 }), throwIfLost });
  }

  predict(samples: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    return this.#draws.predict(samples);
  }

  features(samples: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    return this.activations(samples, lastHidden(this.#graph).position);
  }

  activations(samples: Uint8Array, position: number): Promise<Float32Array<ArrayBuffer>> {
    return this.#draws.ask(samples, position);
  }

  dispose(): void {
    this.#draws.dispose();
    this.#lasting.dispose();
  }
}
