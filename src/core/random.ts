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
  fold: 8,
} as const;

/** One of them. */
export type Purpose = keyof typeof PURPOSES;

/** Names one stream: three 32-bit words. */
export type RandomKey = readonly [number, number, number];

type Words = [number, number, number, number];

/** The hash itself: four 32-bit words in, four unsigned 32-bit words out. */
export function pcg4d(x: number, y: number, z: number, w: number): Words {
  const words = new Uint32Array(4);
  hashInto(words, x, y, z, w);
  const [a = 0, b = 0, c = 0, d = 0] = words;
  return [a, b, c, d];
}

/** The hash without a list made for each call: this is where the time of large initial weights goes. */
function hashInto(target: Uint32Array, x: number, y: number, z: number, w: number): void {
  let a = (Math.imul(x, 1664525) + 1013904223) | 0;
  let b = (Math.imul(y, 1664525) + 1013904223) | 0;
  let c = (Math.imul(z, 1664525) + 1013904223) | 0;
  let d = (Math.imul(w, 1664525) + 1013904223) | 0;
  a = (a + Math.imul(b, d)) | 0;
  b = (b + Math.imul(c, a)) | 0;
  c = (c + Math.imul(a, b)) | 0;
  d = (d + Math.imul(b, c)) | 0;
  a ^= a >>> 16;
  b ^= b >>> 16;
  c ^= c >>> 16;
  d ^= d >>> 16;
  a = (a + Math.imul(b, d)) | 0;
  b = (b + Math.imul(c, a)) | 0;
  c = (c + Math.imul(a, b)) | 0;
  d = (d + Math.imul(b, c)) | 0;
  target[0] = a;
  target[1] = b;
  target[2] = c;
  target[3] = d;
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
