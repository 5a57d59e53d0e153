import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { OPTIMIZERS, type OptimizerSpec } from '../../src/core/training/optimizers/registry.ts';
import type { Device } from '../../src/engine/device.ts';
import { createOptimizer } from '../../src/engine/tape/ops/optimizer.ts';
import { weightMover } from '../reference/optimizer-rule.ts';
import { testOnBackends } from './support/on-backends.ts';
import { expectClose, noise } from './support/values.ts';

const RATE = 0.01;
const STEPS = 5;
const START = noise(6, 1);

/** Gradients from everyday sizes down to those where epsilon decides. */
function gradientAt(step: number): Float32Array {
  return noise(6, 10 + step).map((value, i) => value * 10 ** -i);
}

/** The path of each weight by the rule that the optimizer's definition states, in double precision. */
function expectedPath(spec: OptimizerSpec): number[] {
  return Array.from(START, (start, i) => {
    const move = weightMover(spec, { learningRate: RATE, weightDecay: decayOf(spec) });
    let weight = start;
    for (let t = 1; t <= STEPS; t++) weight = move(weight, gradientAt(t)[i] ?? 0);
    return weight;
  });
}

function decayOf(spec: OptimizerSpec): number {
  return 'weightDecay' in spec ? spec.weightDecay : 0;
}

async function path(device: Device, spec: OptimizerSpec): Promise<Float32Array> {
  const weights = [tf.tidy(() => tf.variable(tf.tensor2d(START, [2, 3])))];
  const optimizer = createOptimizer(spec, weights);
  for (let step = 0; step < STEPS; step++) {
    tf.tidy(() =>
      optimizer.apply([tf.tensor2d(gradientAt(step + 1), [2, 3])], {
        step,
        learningRate: RATE,
        weightDecay: decayOf(spec),
      }),
    );
  }
  const values = await device.read(weights[0] as tf.Variable);
  optimizer.dispose();
  tf.dispose(weights);
  return values;
}

const SPECS: readonly OptimizerSpec[] = [
  ...Object.values(OPTIMIZERS).map(({ defaults }) => defaults),
  { ...OPTIMIZERS.momentum.defaults, nesterov: true },
  { ...OPTIMIZERS.adamw.defaults, weightDecay: 0.5 },
];

testOnBackends('five steps of every optimizer are those of its rule', async (device) => {
  for (const spec of SPECS) expectClose(await path(device, spec), expectedPath(spec), 1e-6);
});

testOnBackends(
  'the epsilon of Adam is the one that was asked for, and not the 1e-4 of tfjs on WebGL',
  async (device) => {
    const adam = OPTIMIZERS.adam.defaults;
    const values = await path(device, adam);
    const moved = Math.abs((values[5] ?? 0) - (START[5] ?? 0));
    const expected = Math.abs((expectedPath(adam)[5] ?? 0) - (START[5] ?? 0));
    const wrong = Math.abs((expectedPath({ ...adam, epsilon: 1e-4 })[5] ?? 0) - (START[5] ?? 0));
    expect(moved).toBeCloseTo(expected, 5);
    expect(expected).toBeGreaterThan(3 * wrong);
  },
);
