/**
 * Numbers in half the space: IEEE 754 binary16, eleven significant bits. Rounded to the nearest, of two as near to the
 * even one; what is too large becomes infinite.
 */

/** Numbers as the bit patterns of their halves: [n]. */
export function toFloat16(values: Float32Array): Uint16Array<ArrayBuffer> {
  const bits = new Uint32Array(values.slice().buffer);
  const halves = new Uint16Array(bits.length);
  for (let i = 0; i < bits.length; i++) halves[i] = halfOf(bits[i] ?? 0);
  return halves;
}

/** The numbers that bit patterns of halves stand for: [n]. */
export function fromFloat16(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const values = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) values[i] = singleOf(halves[i] ?? 0);
  return values;
}

/** The number that a half stands for. */
function singleOf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The half nearest to a single: bits in, bits out. */
function halfOf(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 255) - 112;
  const fraction = bits & 0x7fffff;
  if (exponent === 143) return sign | 0x7c00 | (fraction === 0 ? 0 : 512);
  if (exponent >= 31) return sign | 0x7c00;
  if (exponent > 0) return sign + rounded((exponent << 23) | fraction, 13);
  // Below the smallest normal number the leading one is written out.
  return exponent < -10 ? sign : sign + rounded(fraction | 0x800000, 14 - exponent);
}

/** A whole number without its last bits, rounded to the nearest, half to even; a carry goes on into the exponent. */
function rounded(value: number, dropped: number): number {
  const kept = value >>> dropped;
  const rest = value & (2 ** dropped - 1);
  const half = 2 ** (dropped - 1);
  return rest > half || (rest === half && kept % 2 === 1) ? kept + 1 : kept;
}
