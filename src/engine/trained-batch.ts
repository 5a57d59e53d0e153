import type { TrainingSet } from '../dataset/training-set.ts';

/** The classes that the samples at these positions are trained on, label noise included. */
export function trainedLabels(trainingSet: TrainingSet, indices: Uint32Array): Uint8Array {
  const labels = trainingSet.labels();
  return Uint8Array.from(indices, (index) => labels[index] ?? 0);
}

/** What the loss of each sample is multiplied by, from the weight of each class. */
export function sampleWeights(
  trainingSet: TrainingSet,
  indices: Uint32Array,
  classes: readonly number[],
): Float32Array<ArrayBuffer> {
  return Float32Array.from(trainedLabels(trainingSet, indices), (label) => classes[label] ?? 0);
}
