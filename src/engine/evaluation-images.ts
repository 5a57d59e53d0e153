import type { Split } from '../core/data-set.ts';
import type { EvaluationSet } from '../core/evaluation.ts';
import type { ImageStore } from '../dataset/store.ts';
import type { TrainingSet } from '../dataset/training-set.ts';

/** The images of an evaluation set. */
export interface ChosenImages {
  readonly set: EvaluationSet;
  readonly split: Split;
  /** Positions in the split: [n]. */
  readonly indices: Uint32Array<ArrayBuffer>;
  /** True classes: [n]. */
  readonly labels: Uint8Array<ArrayBuffer>;
}

/** Which images a set consists of, once all of them have arrived; rejects with an AbortError when aborted. */
export async function chooseImages(
  set: EvaluationSet,
  store: ImageStore,
  images: TrainingSet,
  signal: AbortSignal,
): Promise<ChosenImages> {
  if (set === 'test') {
    await store.waitFor('test', store.total('test'), signal);
    const labels = store.labels('test').slice();
    return { set, split: 'test', indices: Uint32Array.from(labels.keys()), labels };
  }
  const indices = set === 'validation' ? (await images.split(signal)).validation : await images.trainSample(signal);
  const labels = store.labels('train');
  return { set, split: 'train', indices, labels: Uint8Array.from(indices, (index) => labels[index] ?? 0) };
}
