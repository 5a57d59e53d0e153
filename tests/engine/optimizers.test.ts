import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import type { OptimizerSpec } from '../../src/core/training/optimizers.ts';
import type { Device } from '../../src/engine/device.ts';
import { createOptimizer } from '../../src/engine/tape/ops/optimizer.ts';
import { testOnBackends } from './support/on-backends.ts';
import { expectClose, noise } from './support/values.ts';

const RATE = 0.01;
const STEPS = 5;
const START = noise(6, 1);

/** Gradients from everyday sizes down to those where epsilon decides. */
function gradientAt(step: number): Float32Array {
  return noise(6, 10 + step).map((value, i) => value * 10 ** -i);
}

/** One weight's path under a rule, in double precision. `rule` gets the gradient and the step, from 1. */
type Rule = () => (weight: number, gradient: number, t: number) => number;

function expectedPath(rule: Rule): number[] {
  return Array.from(START, (start, i) => {
    const move = rule();
    let weight = start;
    for (let t = 1; t <= STEPS; t++) weight = move(weight, gradientAt(t)[i] ?? 0, t);
    return weight;
  });
}

async function path(device: Device, spec: OptimizerSpec): Promise<Float32Array> {
  const weights = [tf.tidy(() => tf.variable(tf.tensor2d(START, [2, 3])))];
  const optimizer = createOptimizer(spec, weights);
  for (let step = 0; step < STEPS; step++) {
    tf.tidy(() =>
      optimizer.apply([tf.tensor2d(gradientAt(step + 1), [2, 3])], {
        step,
        learningRate: RATE,
        weightDecay: spec.kind === 'adamw' ? spec.weightDecay : 0,
      }),
    );
  }
  const values = await device.read(weights[0] as tf.Variable);
  optimizer.dispose();
  tf.dispose(weights);
  return values;
}

/** Keras 3: keras/src/optimizers/adam.py, and adamw.py, which shrinks the weight first. */
function adam(epsilon: number, weightDecay: number): Rule {
  return () => {
    let [m, v] = [0, 0];
    return (weight, gradient, t) => {
      m += (gradient - m) * (1 - 0.9);
      v += (gradient ** 2 - v) * (1 - 0.999);
      const alpha = (RATE * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t);
      return weight - weight * weightDecay * RATE - (m * alpha) / (Math.sqrt(v) + epsilon);
    };
  };
}

/** keras/src/optimizers/sgd.py */
function momentum(nesterov: boolean): Rule {
  return () => {
    let velocity = 0;
    return (weight, gradient) => {
      velocity = 0.9 * velocity - RATE * gradient;
      return weight + (nesterov ? 0.9 * velocity - RATE * gradient : velocity);
    };
  };
}

/** keras/src/optimizers/rmsprop.py: epsilon under the root. */
function rmsprop(): ReturnType<Rule> {
  let square = 0;
  return (weight, gradient) => {
    square = 0.9 * square + 0.1 * gradient ** 2;
    return weight - (RATE * gradient) / Math.sqrt(square + 1e-7);
  };
}

const RULES: readonly (readonly [OptimizerSpec, Rule])[] = [
  [{ kind: 'sgd' }, () => (weight, gradient) => weight - RATE * gradient],
  [{ kind: 'momentum', momentum: 0.9, nesterov: false }, momentum(false)],
  [{ kind: 'momentum', momentum: 0.9, nesterov: true }, momentum(true)],
  [{ kind: 'rmsprop', rho: 0.9, epsilon: 1e-7 }, rmsprop],
  [{ kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }, adam(1e-7, 0)],
  [{ kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0.5 }, adam(1e-7, 0.5)],
];

testOnBackends('five steps of every optimizer are those of Keras', async (device) => {
  for (const [spec, rule] of RULES) expectClose(await path(device, spec), expectedPath(rule), 1e-6);
});

testOnBackends(
  'the epsilon of Adam is the one that was asked for, and not the 1e-4 of tfjs on WebGL',
  async (device) => {
    const values = await path(device, { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 });
    const moved = Math.abs((values[5] ?? 0) - (START[5] ?? 0));
    const expected = Math.abs((expectedPath(adam(1e-7, 0))[5] ?? 0) - (START[5] ?? 0));
    const wrong = Math.abs((expectedPath(adam(1e-4, 0))[5] ?? 0) - (START[5] ?? 0));
    expect(moved).toBeCloseTo(expected, 5);
    expect(expected).toBeGreaterThan(3 * wrong);
  },
);
