import type { Scope } from '../assembler.ts';
import { type Code, f32x4, type Operand, sequence, v128 } from '../code.ts';
import { elementwise } from './elementwise.ts';
import { exponential, polynomial } from './exponential.ts';

/** Below this, tanh(x) is x and x³ times a polynomial in x² (Moshier's Cephes): 1 - e^(-2x) would lose its digits. */
const NEAR = 0.625;
const NEAR_SERIES = [-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1];

const ONE = v128.splat(1);
const ZERO = v128.splat(0);

/** The sign of a float. */
const SIGN = v128.splatInt(1 << 31);

/** 1 / (1 + e^-x) of four values at once, to within four units of the last place. */
export function sigmoid(scope: Scope, x: Operand): Code {
  const [given, small, share] = [scope.local('v128'), scope.local('v128'), scope.local('v128')];
  return sequence(
    given.set(x),
    // e^-|x| does not overflow, and is what lies below 1/2, too.
    small.set(exponential(scope, f32x4.neg(f32x4.abs(given)))),
    share.set(f32x4.div(ONE, f32x4.add(ONE, small))),
    v128.select(f32x4.mul(small, share), share, f32x4.lt(given, ZERO)),
  );
}

/** tanh(x) of four values at once, to within two units of the last place. */
export function hyperbolicTangent(scope: Scope, x: Operand): Code {
  const [given, square, small, far] = [
    scope.local('v128'),
    scope.local('v128'),
    scope.local('v128'),
    scope.local('v128'),
  ];
  const size = f32x4.abs(given);
  const near = f32x4.add(given, f32x4.mul(given, f32x4.mul(square, polynomial(NEAR_SERIES, square))));
  return sequence(
    given.set(x),
    square.set(f32x4.mul(given, given)),
    small.set(exponential(scope, f32x4.mul(size, v128.splat(-2)))),
    far.set(f32x4.div(f32x4.sub(ONE, small), f32x4.add(ONE, small))),
    v128.select(v128.or(far, v128.and(given, SIGN)), near, f32x4.ge(size, v128.splat(NEAR))),
  );
}

/** What a gradient by y = sigmoid(x) is multiplied by, and what it then is. */
export function bySigmoid(dy: Operand, y: Operand): Code {
  return f32x4.mul(dy, f32x4.mul(y, f32x4.sub(ONE, y)));
}

/** The gradient by x from that by y = tanh(x). */
export function byTanh(dy: Operand, y: Operand): Code {
  return f32x4.mul(f32x4.sub(ONE, f32x4.mul(y, y)), dy);
}

/** y = 1 / (1 + e^-x). */
export const SIGMOID = elementwise('sigmoid', { inputs: ['x'], outputs: ['y'] }, ({ x }, scope) => ({
  y: sigmoid(scope, x),
}));

export const SIGMOID_GRADIENT = elementwise(
  'sigmoidGradient',
  { inputs: ['dy', 'y'], outputs: ['dx'] },
  ({ dy, y }) => ({
    dx: bySigmoid(dy, y),
  }),
);

/** y = tanh(x). */
export const TANH = elementwise('tanh', { inputs: ['x'], outputs: ['y'] }, ({ x }, scope) => ({
  y: hyperbolicTangent(scope, x),
}));

export const TANH_GRADIENT = elementwise('tanhGradient', { inputs: ['dy', 'y'], outputs: ['dx'] }, ({ dy, y }) => ({
  dx: byTanh(dy, y),
}));

/** y = x sigmoid(x) (Ramachandran et al., arXiv:1710.05941). */
export const SWISH = elementwise('swish', { inputs: ['x'], outputs: ['y'] }, ({ x }, scope) => ({
  y: f32x4.mul(x, sigmoid(scope, x)),
}));

export const SWISH_GRADIENT = elementwise(
  'swishGradient',
  { inputs: ['dy', 'x'], outputs: ['dx'] },
  ({ dy, x }, scope) => {
    const share = scope.local('v128');
    const dx = f32x4.add(f32x4.mul(dy, share), bySigmoid(f32x4.mul(dy, x), share));
    return { dx: sequence(share.set(sigmoid(scope, x)), dx) };
  },
);

/** The gradient by x from that by ln(1 + e^x). */
export const SOFTPLUS_GRADIENT = elementwise(
  'softplusGradient',
  { inputs: ['dy', 'x'], outputs: ['dx'] },
  ({ dy, x }, scope) => ({ dx: f32x4.mul(dy, sigmoid(scope, x)) }),
);
