import { permutation, type RandomKey, uniformAt } from '../random.ts';

/**
 * How many of the training images `first` ... `end` - 1 of a run get a wrong label. Counted so that of its first n images
 * exactly `share * n` do, rounded, for every n: the labels of a shard are known when it arrives, and the total is exact.
 */
export function noisyCount(share: number, first: number, end: number): number {
  return Math.round(share * end) - Math.round(share * first);
}

/**
 * Labels [n] of which exactly `count` are replaced by another class, each of the others being as likely. Which ones
 * and by what follows from the key.
 */
export function withNoise(labels: Uint8Array, count: number, key: RandomKey, classes: number): Uint8Array<ArrayBuffer> {
  const noisy = Uint8Array.from(labels);
  for (const position of permutation(labels.length, key).subarray(0, count)) {
    // The permutation takes the first n numbers of the stream.
    const steps = 1 + Math.floor(uniformAt(key, labels.length + position) * (classes - 1));
    noisy[position] = ((noisy[position] ?? 0) + steps) % classes;
  }
  return noisy;
}
