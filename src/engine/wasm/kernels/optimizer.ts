import type { OptimizerKind } from '../../../core/training/optimizers/registry.ts';
import { f32x4 } from '../code.ts';
import type { Kernel } from '../kernel.ts';
import { elementwise } from './elementwise.ts';

/**
 * A step of Adam or AdamW: `m += (1 - beta1) * (g - m)`, `v += (1 - beta2) * (g^2 - v)`,
 * `w = keep * w - alpha * m / (sqrt(v) + epsilon)`. `keep` is below 1 for weight decay.
 */
export const ADAM = elementwise(
  'AdamStep',
  {
    inputs: ['weight', 'mean', 'square', 'gradient'],
    outputs: ['newMean', 'newSquare', 'newWeight'],
    floats: ['rate1', 'rate2', 'alpha', 'epsilon', 'keep'],
  },
  ({ weight, mean, square, gradient, rate1, rate2, alpha, epsilon, keep }) => {
    const newMean = f32x4.add(mean, f32x4.mul(rate1, f32x4.sub(gradient, mean)));
    const newSquare = f32x4.add(square, f32x4.mul(rate2, f32x4.sub(f32x4.mul(gradient, gradient), square)));
    const push = f32x4.div(f32x4.mul(alpha, newMean), f32x4.add(f32x4.sqrt(newSquare), epsilon));
    return { newMean, newSquare, newWeight: f32x4.sub(f32x4.mul(weight, keep), push) };
  },
);

/** A step with momentum: `v = momentum * v - rate * g`, `w += v`, or Nesterov's `w += momentum * v - rate * g`. */
export const MOMENTUM = elementwise(
  'MomentumStep',
  {
    inputs: ['weight', 'velocity', 'gradient'],
    outputs: ['newVelocity', 'newWeight'],
    floats: ['momentum', 'rate', 'ahead', 'direct'],
  },
  ({ weight, velocity, gradient, momentum, rate, ahead, direct }) => {
    const push = f32x4.mul(rate, gradient);
    const newVelocity = f32x4.sub(f32x4.mul(momentum, velocity), push);
    const move = f32x4.sub(f32x4.mul(ahead, newVelocity), f32x4.mul(direct, push));
    return { newVelocity, newWeight: f32x4.add(weight, move) };
  },
);

/** A step of plain gradient descent: `w -= rate * g`. */
export const DESCENT = elementwise(
  'DescentStep',
  { inputs: ['weight', 'gradient'], outputs: ['newWeight'], floats: ['rate'] },
  ({ weight, gradient, rate }) => ({ newWeight: f32x4.sub(weight, f32x4.mul(rate, gradient)) }),
);

/** A step of Adagrad: `a += g^2`, `w -= rate * g / sqrt(a + begin)`. */
export const ADAGRAD = elementwise(
  'AdagradStep',
  { inputs: ['weight', 'sum', 'gradient'], outputs: ['newSum', 'newWeight'], floats: ['rate', 'begin'] },
  ({ weight, sum, gradient, rate, begin }) => {
    const newSum = f32x4.add(sum, f32x4.mul(gradient, gradient));
    const push = f32x4.div(f32x4.mul(rate, gradient), f32x4.sqrt(f32x4.add(newSum, begin)));
    return { newSum, newWeight: f32x4.sub(weight, push) };
  },
);

/** A step of RMSprop: `v = rho * v + (1 - rho) * g^2`, `w -= rate * g / sqrt(v + epsilon)`. */
export const RMSPROP = elementwise(
  'RmspropStep',
  {
    inputs: ['weight', 'square', 'gradient'],
    outputs: ['newSquare', 'newWeight'],
    floats: ['rho', 'rest', 'rate', 'epsilon'],
  },
  ({ weight, square, gradient, rho, rest, rate, epsilon }) => {
    const newSquare = f32x4.add(f32x4.mul(rho, square), f32x4.mul(rest, f32x4.mul(gradient, gradient)));
    const push = f32x4.div(f32x4.mul(rate, gradient), f32x4.sqrt(f32x4.add(newSquare, epsilon)));
    return { newSquare, newWeight: f32x4.sub(weight, push) };
  },
);

/** A moving average: `a += rest * (value - a)`. */
export const MOVE_AVERAGE = elementwise(
  'MoveAverage',
  { inputs: ['average', 'value'], outputs: ['moved'], floats: ['rest'] },
  ({ average, value, rest }) => ({ moved: f32x4.add(average, f32x4.mul(rest, f32x4.sub(value, average))) }),
);

/** The kernel of a step of each kind of optimizer. A kind without one does not compile. */
const STEPS = {
  sgd: DESCENT,
  momentum: MOMENTUM,
  rmsprop: RMSPROP,
  adagrad: ADAGRAD,
  adam: ADAM,
  adamw: ADAM,
  // Of weights that are no matrices; the others are moved by matrix products.
  muon: ADAM,
} as const satisfies { readonly [Kind in OptimizerKind]: Kernel };

/** Every kernel of an optimizer once, and that of averaged weights. */
export const OPTIMIZER_STEPS = [...new Set(Object.values(STEPS)), MOVE_AVERAGE];
