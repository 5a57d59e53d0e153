import { at } from '../core/at.ts';
import { permutation, streamKey } from '../core/random.ts';

/** Positions of samples, ascending. */
export interface TrainingSplit {
  readonly train: Uint32Array<ArrayBuffer>;
  readonly validation: Uint32Array<ArrayBuffer>;
}

/**
 * How many of a shard's samples go to validation: `count * fraction`, rounded half up, but never the last one. So a full
 * shard of 1,000 gives exactly round(1000 * fraction), whatever its labels.
 */
export function validationCount(count: number, fraction: number): number {
  if (!(fraction >= 0 && fraction < 1))
    throw new RangeError(`A validation split of ${fraction} is not from 0 to below 1.`);
  return Math.max(0, Math.min(Math.round(count * fraction), count - 1));
}

/**
 * Splits one shard by its labels alone, so that it is known as soon as the shard has arrived. Stratified: each class
 * gives its share to validation, rounded down, and the places that remain go to the classes with the largest
 * remainders (of equal ones, to the lower class). Which samples of a class go is drawn by seed and shard.
 */
export function splitShard(
  labels: Uint8Array,
  classes: number,
  fraction: number,
  seed: number,
  shard: number,
): TrainingSplit {
  const quotas = classQuotas(labels, classes, validationCount(labels.length, fraction));
  const chosen = new Uint8Array(labels.length);
  for (const position of permutation(labels.length, streamKey(seed, 'split', shard))) {
    const label = labels[position] ?? 0;
    const left = quotas[label] ?? 0;
    if (left === 0) continue;
    quotas[label] = left - 1;
    chosen[position] = 1;
  }
  const positions = Uint32Array.from(labels.keys());
  return {
    train: positions.filter((position) => chosen[position] === 0),
    validation: positions.filter((position) => chosen[position] === 1),
  };
}

/** Hare quotas with largest remainders: how many samples of each class to take so that there are `total`. */
function classQuotas(labels: Uint8Array, classes: number, total: number): number[] {
  const counts: number[] = Array.from({ length: classes }, () => 0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  // In whole numbers, so that equal remainders compare as equal.
  const shares = counts.map((count, label) => {
    const remainder = (count * total) % labels.length;
    return { label, remainder, quota: (count * total - remainder) / labels.length };
  });
  const quotas = shares.map(({ quota }) => quota);
  const open = total - quotas.reduce((sum, quota) => sum + quota, 0);
  const byRemainder = shares.toSorted((a, b) => b.remainder - a.remainder || a.label - b.label);
  for (const { label } of byRemainder.slice(0, open)) quotas[label] = at(quotas, label) + 1;
  return quotas;
}
