import { describe, expect, test } from 'vitest';
import { libraryCall } from '../../../../src/core/exporting/optimizer-calls.ts';
import {
  OPTIMIZERS,
  type OptimizerKind,
  type OptimizerSpecOf,
  optimizerOf,
} from '../../../../src/core/training/optimizers/registry.ts';
import { weightMover } from '../../../reference/optimizer-rule.ts';

const RATE = 0.01;
const GRADIENTS = [0.8, -0.3, 1e-3, 2.5, -4e-5, 0];

/** The next weight, from the weight, its gradient and the step, counted from 1. */
type Mover = (weight: number, gradient: number, t: number) => number;

/** keras/src/optimizers/sgd.py */
function momentum({ nesterov }: OptimizerSpecOf<'momentum'>): Mover {
  let velocity = 0;
  return (weight, gradient) => {
    velocity = 0.9 * velocity - RATE * gradient;
    return weight + (nesterov ? 0.9 * velocity - RATE * gradient : velocity);
  };
}

/** keras/src/optimizers/adam.py, and adamw.py, which shrinks the weight first. */
function adam(weightDecay: number): Mover {
  let [m, v] = [0, 0];
  return (weight, gradient, t) => {
    m += (gradient - m) * (1 - 0.9);
    v += (gradient ** 2 - v) * (1 - 0.999);
    const alpha = (RATE * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t);
    return weight - weight * weightDecay * RATE - (m * alpha) / (Math.sqrt(v) + 1e-7);
  };
}

/** What Keras computes, written out by hand. */
const KERAS: { readonly [Kind in OptimizerKind]: (spec: OptimizerSpecOf<Kind>) => Mover } = {
  sgd: () => (weight, gradient) => weight - RATE * gradient,
  momentum,
  // keras/src/optimizers/rmsprop.py: epsilon under the root.
  rmsprop: () => {
    let square = 0;
    return (weight, gradient) => {
      square = 0.9 * square + 0.1 * gradient ** 2;
      return weight - (RATE * gradient) / Math.sqrt(square + 1e-7);
    };
  },
  // keras/src/optimizers/adagrad.py: the accumulator begins at 0.1.
  adagrad: () => {
    let accumulator = 0.1;
    return (weight, gradient) => {
      accumulator += gradient ** 2;
      return weight - (RATE * gradient) / Math.sqrt(accumulator + 1e-7);
    };
  },
  adam: () => adam(0),
  adamw: ({ weightDecay }) => adam(weightDecay),
  // keras/src/optimizers/muon.py, of weights that are no matrices.
  muon: () => adam(0),
};

function hand<Kind extends OptimizerKind>(kind: Kind, spec: OptimizerSpecOf<Kind>): Mover {
  return KERAS[kind](spec);
}

const SPECS = [
  ...Object.values(OPTIMIZERS).map(({ defaults }) => defaults),
  { ...OPTIMIZERS.momentum.defaults, nesterov: true },
];

test.each(SPECS)('the rule of %j is that of Keras', (spec) => {
  const weightDecay = 'weightDecay' in spec ? spec.weightDecay : 0;
  const rule = weightMover(spec, { learningRate: RATE, weightDecay });
  const keras = hand(spec.kind, spec);
  let [weight, expected] = [0.7, 0.7];
  for (const [step, gradient] of GRADIENTS.entries()) {
    [weight, expected] = [rule(weight, gradient), keras(expected, gradient, step + 1)];
    expect(weight).toBeCloseTo(expected, 12);
  }
});

describe.each(Object.values(OPTIMIZERS))('$title', ({ defaults }) => {
  const { rule, slots } = optimizerOf(defaults.kind);

  test('assigns each slot once, in order, and then the weight', () => {
    expect(rule.map((line) => line.split(/ \S?= /)[0])).toEqual([...slots.map(({ name }) => name), 'w']);
  });

  test('says nothing to Keras that Keras takes anyway', () => {
    const stated = Object.entries(libraryCall('keras', defaults).keywords).filter(([, value]) => value !== null);
    expect(stated).toEqual(defaults.kind === 'momentum' ? [['momentum', { code: '0.9' }]] : []);
  });
});
