import { permutation, streamKey } from '../../../core/random.ts';

/** Positions of the two parts, in a random order. */
export interface StratifiedSplit {
  readonly train: Uint32Array<ArrayBuffer>;
  readonly test: Uint32Array<ArrayBuffer>;
}

/**
 * Sets a share of samples aside to test on, stratified as scikit-learn's `train_test_split(stratify=labels)`: in all
 * `ceil(count * share)`, and of each class its part of the rest to train on, rounded down, with the places that remain for the
 * classes with the largest remainders (of equal ones, for the lower class). Which ones are drawn by the seed. A class of two
 * samples or more is in both parts.
 */
export function stratifiedSplit(labels: Uint8Array, classes: number, share: number, seed: number): StratifiedSplit {
  const quotas = trainingQuotas(labels, classes, Math.ceil(labels.length * share));
  const train: number[] = [];
  const test: number[] = [];
  for (const position of permutation(labels.length, streamKey(seed, 'split', 0, 1))) {
    const label = labels[position] ?? 0;
    const left = quotas[label] ?? 0;
    quotas[label] = left - 1;
    (left > 0 ? train : test).push(position);
  }
  return { train: Uint32Array.from(train), test: Uint32Array.from(test) };
}

/** How many samples of each class to train on. */
function trainingQuotas(labels: Uint8Array, classes: number, test: number): number[] {
  const counts: number[] = Array.from({ length: classes }, () => 0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  const total = labels.length - test;
  // In whole numbers, so that equal remainders compare as equal.
  const shares = counts.map((count, label) => {
    const remainder = (count * total) % labels.length;
    return { label, remainder, quota: (count * total - remainder) / labels.length };
  });
  const quotas = shares.map(({ quota }) => quota);
  const open = total - quotas.reduce((sum, quota) => sum + quota, 0);
  const byRemainder = shares.toSorted((a, b) => b.remainder - a.remainder || a.label - b.label);
  for (const { label } of byRemainder.slice(0, open)) quotas[label] = (quotas[label] ?? 0) + 1;
  return quotas.map((quota, label) => within(quota, counts[label] ?? 0));
}

/** At least one to train on, and one to test on where there are two. */
function within(quota: number, count: number): number {
  return Math.max(Math.min(quota, Math.max(count - 1, 1)), Math.min(1, count));
}
