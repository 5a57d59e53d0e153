import * as tf from '@tensorflow/tfjs-core';
import { OPTIMIZERS } from '../../src/core/training/optimizers/registry.ts';
import { createOptimizer } from '../../src/engine/tape/ops/optimizer.ts';
import { testOnBackends } from './support/on-backends.ts';
import { expectClose } from './support/values.ts';

testOnBackends('Adagrad begins with an accumulator of 0.1 and adds the squared gradients to it', async (device) => {
  const weight = tf.tidy(() => tf.variable(tf.tensor1d([1, -1])));
  const optimizer = createOptimizer(OPTIMIZERS.adagrad.defaults, [weight]);
  for (const [step, gradient] of [[0.3, -4] as const, [0.6, 0] as const].entries()) {
    tf.tidy(() => optimizer.apply([tf.tensor1d([...gradient])], { step, learningRate: 0.5, weightDecay: 0 }));
  }
  // 0.1 + 0.09 = 0.19, then 0.19 + 0.36 = 0.55; and 0.1 + 16 = 16.1, where a gradient of 0 moves nothing.
  const first = 1 - (0.5 * 0.3) / Math.sqrt(0.19) - (0.5 * 0.6) / Math.sqrt(0.55);
  const second = -1 + (0.5 * 4) / Math.sqrt(16.1);
  expectClose(await device.read(weight), [first, second], 1e-6);
  optimizer.dispose();
  weight.dispose();
});
