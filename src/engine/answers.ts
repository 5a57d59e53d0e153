import type { Evaluation } from '../core/evaluation/evaluation.ts';
import type { EvaluationControl } from './engine.ts';
import type { ChosenSamples } from './evaluation-samples.ts';

/** Answers questions to a network in training, by its weights as they are then. */
export interface Answers {
  /** NaN where the set is empty. */
  evaluate(samples: ChosenSamples, control: EvaluationControl): Promise<Evaluation>;
  /** Probabilities [n, classes] for samples as they are stored. */
  predict(samples: Uint8Array): Promise<Float32Array<ArrayBuffer>>;
  /** Values [n, width] of the layer at a position of the graph; at -1 the inputs themselves. */
  activations(samples: Uint8Array, position: number): Promise<Float32Array<ArrayBuffer>>;
  /** To be told whenever the weights have changed. */
  outdate(): void;
  dispose(): void;
}
