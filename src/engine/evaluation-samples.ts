import type { Split } from '../core/dataset/spec.ts';
import { type EvaluationSet, splitOf } from '../core/evaluation/evaluation.ts';
import type { ValidateOn } from '../core/training/recipe.ts';
import type { SampleStore } from '../dataset/store.ts';
import type { TrainingSet } from '../dataset/training-set.ts';

/** Samples at a time when a network is judged. A last batch that is not full is filled up. */
export const EVALUATION_BATCH = 250;

/** The samples of an evaluation set. */
export interface ChosenSamples {
  readonly set: EvaluationSet;
  readonly split: Split;
  /** Positions in the split: [n]. */
  readonly indices: Uint32Array<ArrayBuffer>;
  /** True classes: [n]. */
  readonly labels: Uint8Array<ArrayBuffer>;
}

/** Where the samples of an evaluation come from. */
export interface SampleChoice {
  readonly store: SampleStore;
  readonly trainingSet: TrainingSet;
  readonly validateOn: ValidateOn;
}

/**
 * Which samples a set consists of, once all of them have arrived; rejects with an AbortError when aborted. The labels of
 * training samples are those that the network is trained on, noise included.
 */
export async function chooseSamples(
  set: EvaluationSet,
  { store, trainingSet, validateOn }: SampleChoice,
  signal: AbortSignal,
): Promise<ChosenSamples> {
  if (splitOf(set, validateOn) === 'test') {
    await store.waitFor('test', store.total('test'), signal);
    const labels = store.labels('test').slice();
    return { set, split: 'test', indices: Uint32Array.from(labels.keys()), labels };
  }
  const count = validateOn === 'test' ? store.total('test') : trainingSet.validationCount;
  const indices =
    set === 'validation' ? (await trainingSet.split(signal)).validation : await trainingSet.trainSample(signal, count);
  const labels = trainingSet.labels();
  return { set, split: 'train', indices, labels: Uint8Array.from(indices, (index) => labels[index] ?? 0) };
}
