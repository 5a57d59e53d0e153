import type { Split } from '../dataset/spec.ts';
import type { ValidateOn } from '../training/recipe.ts';

/**
 * A part of the data that a network is judged on. `trainSample` is drawn from the training images by the seed, as large
 * as the validation set, so that the two can be compared.
 */
export type EvaluationSet = 'trainSample' | 'validation' | 'test';

/** The split that the images of a set belong to, and so what their indices count. */
export function splitOf(set: EvaluationSet, validateOn: ValidateOn): Split {
  return set === 'test' || (set === 'validation' && validateOn === 'test') ? 'test' : 'train';
}

/** Loss and accuracy of single training steps, in training mode, in order. */
export interface StepMetrics {
  /** The step of the first value, counted from 0 over the whole run. */
  readonly firstStep: number;
  /** Mean loss over the batch, penalties included: [steps]. */
  readonly losses: Float32Array<ArrayBuffer>;
  /** Share of the batch that was classified correctly: [steps]. */
  readonly accuracies: Float32Array<ArrayBuffer>;
}

/** A network's answers to a set of images, in inference mode. */
export interface Evaluation {
  readonly set: EvaluationSet;
  /** Mean loss, as training has it but without penalties. */
  readonly loss: number;
  readonly accuracy: number;
  /** Where the images are in their split: [n]. */
  readonly indices: Uint32Array<ArrayBuffer>;
  /** True classes: [n]. */
  readonly labels: Uint8Array<ArrayBuffer>;
  /** Probabilities of the classes, row-major: [n, classes]. */
  readonly probabilities: Float32Array<ArrayBuffer>;
  /** How many classes there are. */
  readonly classes: number;
}

/** How well a set was answered, in two numbers. */
export type Judgement = Pick<Evaluation, 'loss' | 'accuracy'>;

/** Answers; or only how good they were, where the answers themselves are kept elsewhere. */
export type Outcome = Evaluation | Judgement;

/** Whether the answers themselves are here. */
export function hasAnswers(outcome: Outcome): outcome is Evaluation {
  return 'probabilities' in outcome;
}
