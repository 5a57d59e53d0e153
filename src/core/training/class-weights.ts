import { at } from '../at.ts';

/**
 * The weight of each class that makes all classes count the same, as scikit-learn's `class_weight='balanced'`: of n samples in
 * k classes `n / (k * n of the class)`, so that the weights of all samples have the mean 1. A class without a sample has 0,
 * and is not one of the k.
 */
export function balancedWeights(labels: Uint8Array, classes: number): readonly number[] {
  const counts = Array.from({ length: classes }, () => 0);
  for (const label of labels) counts[label] = at(counts, label) + 1;
  const present = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count === 0 ? 0 : labels.length / (present * count)));
}
