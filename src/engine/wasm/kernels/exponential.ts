import type { Scope } from '../assembler.ts';
import { type Code, f32x4, i32x4, type Operand, sequence, v128 } from '../code.ts';

/** e^-87 is the least that a float holds with all its digits. */
const LEAST = -87;

/** ln 2 in two parts, of which the first has so few digits that its multiples are exact (Cody and Waite). */
const [LN2_HIGH, LN2_LOW] = [0.693359375, -2.1219444e-4];

/** The Taylor series of e^r: between -ln 2 / 2 and ln 2 / 2 the rest is below 1e-8. */
const SERIES = [1 / 5040, 1 / 720, 1 / 120, 1 / 24, 1 / 6, 1 / 2, 1, 1];

/** e^x of four values at once, to within three units of the last place; for x below -87 as for -87. */
export function exponential(scope: Scope, x: Operand): Code {
  const [bounded, power, rest] = [scope.local('v128'), scope.local('v128'), scope.local('v128')];
  return sequence(
    bounded.set(f32x4.max(x, v128.splat(LEAST))),
    power.set(f32x4.nearest(f32x4.mul(bounded, v128.splat(Math.LOG2E)))),
    rest.set(f32x4.sub(bounded, f32x4.mul(power, v128.splat(LN2_HIGH)))),
    rest.set(f32x4.sub(rest, f32x4.mul(power, v128.splat(LN2_LOW)))),
    f32x4.mul(polynomial(SERIES, rest), powerOfTwo(power)),
  );
}

/** Coefficients from the highest power down. */
export function polynomial([first = 0, ...others]: readonly number[], x: Operand): Code {
  return others.reduce((sum, next) => f32x4.add(f32x4.mul(sum, x), v128.splat(next)), v128.splat(first));
}

/** 2^n, by writing n into the exponent. */
function powerOfTwo(n: Operand): Code {
  return i32x4.shl(i32x4.add(i32x4.ofFloats(n), v128.splatInt(127)), 23);
}
