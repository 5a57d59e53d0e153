/** Four 32-bit words. */
type Words = [number, number, number, number];

/**
 * The hash behind the random numbers: four 32-bit words in, four unsigned 32-bit words out. pcg4d of Jarzynski & Olano,
 * "Hash Functions for GPU Rendering", JCGT 9(3), 2020: multiply-adds of 32-bit integers, the same in JavaScript and in GLSL
 * ES 3.00.
 */
export function pcg4d(x: number, y: number, z: number, w: number): Words {
  const words = new Uint32Array(4);
  hashInto(words, x, y, z, w);
  const [a = 0, b = 0, c = 0, d = 0] = words;
  return [a, b, c, d];
}

/** `pcg4d` into an array that is there already: the time of large initial weights goes into this. */
export function hashInto(target: Uint32Array, x: number, y: number, z: number, w: number): void {
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
