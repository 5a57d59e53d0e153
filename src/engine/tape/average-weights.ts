import type { Variable } from '@tensorflow/tfjs-core';
import { at } from '../../core/at.ts';
import type { Graph } from '../../core/network/graph.ts';
import { moveAverage } from './ops/move-average.ts';
import { NetworkWeights } from './weights.ts';

/**
 * The weights that a network answers with where its recipe averages them: of each trained weight an exponential moving average
 * over the steps, which begins with the weights after the first one, as in Keras and PyTorch; and every other one as it is, such
 * as the moving mean and variance of batch normalisation. Owns them until `dispose`.
 */
export class AverageWeights {
  readonly weights: NetworkWeights;
  readonly #live: NetworkWeights;
  /** The share that the average keeps at each step. */
  readonly #keep: number;

  /** An average of `live`, equal to it. */
  constructor(graph: Graph, live: NetworkWeights, keep: number) {
    this.weights = new NetworkWeights(graph, 0);
    this.#live = live;
    this.#keep = keep;
    this.begin();
  }

  /** The weights that the steps go on from, of those that are trained. */
  get live(): readonly Variable[] {
    return this.#live.trainable;
  }

  /** Makes the average equal to the weights as they are. */
  begin(): void {
    for (const { average, weight } of this.#pairs()) average.assign(weight);
  }

  /** Follows a step; `step` were done before it. Runs inside a tidy. */
  follow(step: number): void {
    for (const { average, weight, trainable } of this.#pairs()) {
      if (trainable && step > 0) moveAverage(average, weight, this.#keep);
      else average.assign(weight);
    }
  }

  dispose(): void {
    this.weights.dispose();
  }

  #pairs() {
    const averages = this.weights.all;
    return this.#live.all.map(({ variable, spec: { trainable } }, i) => ({
      average: at(averages, i).variable,
      weight: variable,
      trainable,
    }));
  }
}
