/**
 * The one seeded generator. It is counter-based: value i of a stream is a hash of (key, i), so that any thread or shader
 * can compute it without state. Hash: pcg4d, Jarzynski & Olano, "Hash Functions for GPU Rendering", JCGT 9(3), 2020;
 * four multiply-adds of 32-bit integers, the same in JavaScript and in GLSL ES 3.00.
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
} as const;

export type Purpose = keyof typeof PURPOSES;

/** Names one stream: three 32-bit words. */
export type RandomKey = readonly [number, number, number];

type Words = [number, number, number, number];

function mix(v: Words): void {
  v[0] = (v[0] + Math.imul(v[1], v[3])) | 0;
  v[1] = (v[1] + Math.imul(v[2], v[0])) | 0;
  v[2] = (v[2] + Math.imul(v[0], v[1])) | 0;
  v[3] = (v[3] + Math.imul(v[1], v[2])) | 0;
}

/** The hash itself: four 32-bit words in, four unsigned 32-bit words out. */
export function pcg4d(x: number, y: number, z: number, w: number): Words {
  const v: Words = [x, y, z, w];
  for (let i = 0; i < 4; i++) v[i] = (Math.imul(v[i] ?? 0, 1664525) + 1013904223) | 0;
  mix(v);
  for (let i = 0; i < 4; i++) v[i] = (v[i] ?? 0) ^ ((v[i] ?? 0) >>> 16);
  mix(v);
  return [v[0] >>> 0, v[1] >>> 0, v[2] >>> 0, v[3] >>> 0];
}

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
