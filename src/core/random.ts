import { hashInto, pcg4d } from './pcg4d.ts';

/**
 * The one seeded generator. It is counter-based: value i of a stream is a hash of (key, i), so that any thread or shader
 * can compute it without state.
 */

/** What a stream of random numbers is used for; streams of different purposes never share a number. */
export const PURPOSES = {
  weights: 1,
  split: 2,
  shuffle: 3,
  sample: 4,
  dropout: 5,
  augmentation: 6,
  labelNoise: 7,
  fold: 8,
  embedding: 9,
  importance: 10,
  flip: 11,
} as const;

/** One of them. */
export type Purpose = keyof typeof PURPOSES;

/** Names one stream: three 32-bit words. */
export type RandomKey = readonly [number, number, number];

/** The stream for a purpose, at an epoch and a step (or a layer and a weight, where time plays no part). */
export function streamKey(seed: number, purpose: Purpose, epoch = 0, step = 0): RandomKey {
  const [a, b, c] = pcg4d(seed, PURPOSES[purpose], epoch, step);
  return [a, b, c];
}

/** Value `index` of a stream, uniform over the 32-bit unsigned integers. Four neighbours share one hash. */
export function uint32At(key: RandomKey, index: number): number {
  return pcg4d(key[0], key[1], key[2], index >>> 2)[index & 3] ?? 0;
}

/** Value `index` of a stream, uniform in [0, 1) with 24 bits, the precision of a shader's float. */
export function uniformAt(key: RandomKey, index: number): number {
  return (uint32At(key, index) >>> 8) / 0x1000000;
}

/** Values 0 ... count - 1 of a stream as `uniformAt` gives them one by one, several times faster: [count]. */
export function uniforms(key: RandomKey, count: number): Float32Array<ArrayBuffer> {
  const values = new Float32Array(count);
  const words = new Uint32Array(4);
  for (let i = 0; i < count; i++) {
    if ((i & 3) === 0) hashInto(words, key[0], key[1], key[2], i >>> 2);
    values[i] = ((words[i & 3] ?? 0) >>> 8) / 0x1000000;
  }
  return values;
}

/** The numbers 0 ... n - 1 in a random order (Fisher-Yates). */
export function permutation(n: number, key: RandomKey): Uint32Array<ArrayBuffer> {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor((uint32At(key, i) / 0x100000000) * (i + 1));
    const kept = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = kept;
  }
  return order;
}
