import type { Split } from '../../core/dataset/spec.ts';
import { permutation, streamKey } from '../../core/random.ts';

/**
 * Which samples are set aside to test on: 1 for these, 0 for the others, [n]. Stratified as `train_test_split` of
 * scikit-learn is, with as many of each class; of classes with equal remainders the lower one goes first, where that draws
 * lots. Besides, each class keeps a sample to train on, and gives one to test on where it has two. Which ones, the seed says.
 */
export function testSamples(labels: Uint8Array, classes: number, share: number, seed: number): Uint8Array<ArrayBuffer> {
  const quotas = testCounts(countsOf(labels, classes), share);
  const isTest = new Uint8Array(labels.length);
  for (const position of permutation(labels.length, streamKey(seed, 'split'))) {
    const label = labels[position] ?? 0;
    const left = quotas[label] ?? 0;
    if (left === 0) continue;
    quotas[label] = left - 1;
    isTest[position] = 1;
  }
  return isTest;
}

function countsOf(labels: Uint8Array, classes: number): readonly number[] {
  const counts: number[] = Array.from({ length: classes }, () => 0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

/** How many samples of each class are tested on. `counts`: how many there are. */
function testCounts(counts: readonly number[], share: number): number[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const train = proportional(counts, Math.max(0, all - Math.ceil(share * all)));
  return counts.map((count, label) => {
    const test = count - (train[label] ?? 0);
    return Math.max(0, Math.min(Math.max(test, 1), count - 1));
  });
}

/** So many samples out of classes of these sizes: each gives its share rounded down, and those with the largest remainders one more. */
function proportional(counts: readonly number[], total: number): readonly number[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return counts;
  // In whole numbers, so that equal remainders compare as equal.
  const shares = counts.map((count, label) => ({
    label,
    remainder: (count * total) % all,
    whole: Math.floor((count * total) / all),
  }));
  const taken = shares.map(({ whole }) => whole);
  const open = total - taken.reduce((sum, count) => sum + count, 0);
  const byRemainder = shares.toSorted((a, b) => b.remainder - a.remainder || a.label - b.label);
  for (const { label } of byRemainder.slice(0, open)) taken[label] = (taken[label] ?? 0) + 1;
  return taken;
}

/** The positions of both parts: those to train on in a random order. */
export function stratifiedSplit(labels: Uint8Array, classes: number, share: number, seed: number): TwoParts {
  const isTest = testSamples(labels, classes, share, seed);
  const positions = Uint32Array.from(labels.keys());
  const train = positions.filter((position) => isTest[position] === 0);
  return {
    train: permutation(train.length, streamKey(seed, 'shuffle')).map((at) => train[at] ?? 0),
    test: positions.filter((position) => isTest[position] === 1),
  };
}

/** Positions of samples. */
export type TwoParts = Readonly<Record<Split, Uint32Array<ArrayBuffer>>>;
