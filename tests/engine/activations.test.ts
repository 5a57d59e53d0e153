import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from '../../src/core/network/activations.ts';
import type { Device } from '../../src/engine/device.ts';
import { activate } from '../../src/engine/tape/ops/activate.ts';
import { testOnBackends } from './support/on-backends.ts';
import { expectClose } from './support/values.ts';

/** The definitions in the Keras 3 documentation, in double precision. */
const DEFINITIONS: { readonly [Name in Exclude<Activation, 'softmax'>]: (x: number) => number } = {
  linear: (x) => x,
  relu: (x) => Math.max(0, x),
  leakyRelu: (x) => (x > 0 ? x : 0.2 * x),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  selu: (x) => 1.05070098 * (x > 0 ? x : 1.67326324 * Math.expm1(x)),
  gelu: (x) => 0.5 * x * (1 + erf(x / Math.SQRT2)),
  swish: (x) => x / (1 + Math.exp(-x)),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
  softplus: (x) => Math.log1p(Math.exp(x)),
};

/** The error function by its Maclaurin series, exact enough below 4. */
function erf(x: number): number {
  let power = x;
  let sum = x;
  for (let n = 1; n < 80; n++) {
    power *= (-x * x) / n;
    sum += power / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const POINTS = [-3.5, -2, -1.2, -0.3, -0.01, 0.01, 0.4, 1, 2.5, 3.75];

testOnBackends('every activation and its slope are those of Keras', async (device) => {
  for (const [name, define] of Object.entries(DEFINITIONS)) {
    const slope = (x: number) => (define(x + 1e-6) - define(x - 1e-6)) / 2e-6;
    expectClose(await valuesOf(device, (x) => activate(x, name as Activation)), POINTS.map(define), 3e-6);
    const gradient = tf.grad((x) => tf.sum(activate(x, name as Activation)));
    expectClose(await valuesOf(device, gradient), POINTS.map(slope), 2e-5);
  }
});

testOnBackends('softmax makes every row add up to 1', async (device) => {
  const rows = tf.tensor2d([1, 2, 3, -1, -1, -1], [2, 3]);
  const softmax = activate(rows, 'softmax');
  const e = Math.exp;
  const first = [1, 2, 3].map((x) => e(x) / (e(1) + e(2) + e(3)));
  expectClose(await device.read(softmax), [...first, 1 / 3, 1 / 3, 1 / 3], 1e-6);
  tf.dispose([rows, softmax]);
});

async function valuesOf(device: Device, f: (x: tf.Tensor1D) => tf.Tensor): Promise<Float32Array> {
  const y = tf.tidy(() => f(tf.tensor1d(POINTS)));
  const values = await device.read(y);
  y.dispose();
  return values;
}
