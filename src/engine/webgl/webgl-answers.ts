import { classCountOf } from '../../core/dataset/spec.ts';
import type { Evaluation } from '../../core/evaluation/evaluation.ts';
import type { LossSpec } from '../../core/training/recipe.ts';
import type { SampleStore } from '../../dataset/store.ts';
import type { Answers } from '../answers.ts';
import type { EvaluationControl } from '../engine.ts';
import type { ChosenSamples } from '../evaluation-samples.ts';
import { evaluationOf } from '../scores.ts';
import { type DrawnNetwork, NetworkDraws } from './network-draws.ts';
import { SampleTexture } from './sample-texture.ts';
import type { TrainingFeed } from './training-feed.ts';

/** What the kernels answer from in a training. */
interface AnswerSources {
  readonly store: SampleStore;
  readonly loss: LossSpec;
  /** The training samples on the device. */
  feed(): TrainingFeed;
}

/** Answers by the kernels, from the weights where they lie. */
export class WebglAnswers implements Answers {
  readonly #network: DrawnNetwork;
  readonly #sources: AnswerSources;
  readonly #draws: NetworkDraws;

  constructor(network: DrawnNetwork, sources: AnswerSources) {
    this.#network = network;
    this.#sources = sources;
    this.#draws = new NetworkDraws(network);
  }

  async evaluate({ set, split, indices, labels }: ChosenSamples, control: EvaluationControl): Promise<Evaluation> {
    const { gpu, graph, throwIfLost } = this.#network;
    const { store, loss } = this.#sources;
    throwIfLost();
    const feed = this.#sources.feed();
    const place = () => this.#draws.place(() => new SampleTexture(gpu, store.spec, store.total('test')));
    const samples = split === 'train' ? feed.samples : await place();
    try {
      if (split === 'train') feed.bringSamples();
      else samples.write(0, store.values('test'), store.labels('test'));
      const logits = await this.#draws.logits(samples, indices, control);
      return evaluationOf({ set, indices, labels }, logits, classCountOf(graph.dataset), loss);
    } finally {
      if (samples !== feed.samples) samples.dispose();
    }
  }

  predict(samples: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    return this.#draws.predict(samples);
  }

  activations(samples: Uint8Array, position: number): Promise<Float32Array<ArrayBuffer>> {
    return this.#draws.ask(samples, position);
  }

  /** The kernels read the weights anew each time. */
  outdate(): void {}

  dispose(): void {
    this.#draws.dispose();
  }
}
