/** The generator's uniform numbers have 24 bits. */
const UNIFORM_RANGE = 0x1000000;

/** From which integer u of the generator (24 bits) on a value is kept, and what it is multiplied by: u / 2^24 >= rate. */
export function keepRule(rate: number): { readonly threshold: number; readonly kept: number } {
  return { threshold: Math.ceil(rate * UNIFORM_RANGE), kept: Math.fround(1 / (1 - rate)) };
}
