import { tensor, tidy } from '@tensorflow/tfjs-core';
import { at } from '../../core/at.ts';
import type { Evaluation } from '../../core/evaluation/evaluation.ts';
import type { Graph } from '../../core/network/graph.ts';
import type { LossSpec } from '../../core/training/recipe.ts';
import type { Answers } from '../answers.ts';
import type { EvaluationControl } from '../engine.ts';
import type { ChosenSamples } from '../evaluation-samples.ts';
import { activationsOf, evaluate, probabilitiesOf } from './evaluate.ts';
import { Model } from './model.ts';
import type { Materials } from './trainer.ts';
import { NetworkWeights } from './weights.ts';

/** What is asked, and how its weights are read. */
interface Asked {
  readonly graph: Graph;
  readonly loss: LossSpec;
  readWeights(): Promise<readonly Float32Array[]>;
}

/** Answers through tfjs, which gets a copy of the weights when it is first asked after a step. */
export class TapeAnswers implements Answers {
  readonly #asked: Asked;
  readonly #materials: Pick<Materials, 'device' | 'sources'>;
  #model: Model | null = null;
  /** Whether tfjs has other weights than the executor. */
  #changed = true;

  constructor(asked: Asked, materials: Pick<Materials, 'device' | 'sources'>) {
    this.#asked = asked;
    this.#materials = materials;
  }

  async evaluate({ split, ...chosen }: ChosenSamples, control: EvaluationControl): Promise<Evaluation> {
    const { device, sources } = this.#materials;
    const { loss } = this.#asked;
    return evaluate(await this.#current(), device, { ...chosen, source: sources[split], loss }, control);
  }

  async predict(samples: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    return probabilitiesOf(await this.#current(), this.#materials.device, samples);
  }

  async activations(samples: Uint8Array, position: number): Promise<Float32Array<ArrayBuffer>> {
    return activationsOf(await this.#current(), this.#materials.device, samples, position);
  }

  outdate(): void {
    this.#changed = true;
  }

  dispose(): void {
    this.#model?.weights.dispose();
  }

  /** The network with its weights as they are now. */
  async #current(): Promise<Model> {
    const known = this.#model;
    if (known !== null && !this.#changed) return known;
    this.#changed = false;
    const values = await this.#asked.readWeights();
    if (known === null) {
      const { graph } = this.#asked;
      this.#model = new Model(graph, new NetworkWeights(graph, 0, values));
      return this.#model;
    }
    for (const [i, { variable }] of known.weights.all.entries()) {
      tidy(() => variable.assign(tensor(at(values, i), variable.shape)));
    }
    return known;
  }
}
