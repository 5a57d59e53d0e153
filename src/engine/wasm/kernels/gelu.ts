import type { Scope } from '../assembler.ts';
import { type Code, f32x4, type Operand, sequence, v128 } from '../code.ts';
import type { Operation } from '../operation.ts';
import { elementwise } from './elementwise.ts';
import { exponential, polynomial } from './exponential.ts';
import { valueByValue } from './value-by-value.ts';

/** Abramowitz and Stegun, formula 7.1.26, to within 1.5e-7: the one that tfjs' erf uses. */
const SERIES = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592, 0];
const SLOPE = 0.3275911;

/** y = x times the share of a normal distribution below x (Hendrycks and Gimpel, arXiv:1606.08415). */
export const GELU = elementwise('gelu', { inputs: ['x'], outputs: ['y'] }, ({ x }, scope) => ({
  y: f32x4.mul(x, below(scope, x, scope.local('v128'))),
}));

/** dx = dy times the slope there: the share below x, and x times the density at x. */
export const GELU_GRADIENT = elementwise(
  'geluGradient',
  { inputs: ['x', 'dy'], outputs: ['dx'] },
  ({ x, dy }, scope) => {
    const bell = scope.local('v128');
    const share = scope.local('v128');
    const density = f32x4.mul(bell, v128.splat(1 / Math.sqrt(2 * Math.PI)));
    return {
      dx: sequence(share.set(below(scope, x, bell)), f32x4.mul(dy, f32x4.add(share, f32x4.mul(x, density)))),
    };
  },
);

/** The share of a normal distribution below x; leaves e^(-x²/2) in `bell`. */
function below(scope: Scope, x: Operand, bell: ReturnType<Scope['local']>): Code {
  const [near, beyond] = [scope.local('v128'), scope.local('v128')];
  const half = v128.splat(0.5);
  const distance = f32x4.mul(f32x4.abs(x), v128.splat(SLOPE * Math.SQRT1_2));
  return sequence(
    bell.set(exponential(scope, f32x4.mul(f32x4.mul(x, x), v128.splat(-0.5)))),
    near.set(f32x4.div(v128.splat(1), f32x4.add(distance, v128.splat(1)))),
    // The share beyond |x|.
    beyond.set(f32x4.mul(half, f32x4.mul(polynomial(SERIES, near), bell))),
    v128.select(beyond, f32x4.sub(v128.splat(1), beyond), f32x4.lt(x, v128.splat(0))),
  );
}

/** GELU of each value. Gradient by x. */
export const gelu: Operation = {
  name: 'Gelu',
  forward: (inputs) => valueByValue(GELU, { x: inputs.get('x') }, {}).y,
  saved: { inputs: ['x'], outputs: [] },
  gradients: (dy, [x = dy]) => ({ x: () => valueByValue(GELU_GRADIENT, { x, dy }, {}).dx }),
};
