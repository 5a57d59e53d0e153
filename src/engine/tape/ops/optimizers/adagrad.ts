import * as tf from '@tensorflow/tfjs-core';
import { onWasm, runForAll } from '../../../wasm/operation.ts';
import type { Optimizer } from '../optimizer.ts';
import { createSlots, replace } from './slots.ts';

/**
 * Adagrad (Duchi, Hazan and Singer, JMLR 12, 2011, in Keras' form): `a += g^2`, `w -= rate * g / sqrt(a + epsilon)`,
 * where `a` begins at `initialAccumulator`. The slots hold what was added since, so that they begin at 0 as all do.
 */
export function createAdagrad(
  { initialAccumulator, epsilon }: { readonly initialAccumulator: number; readonly epsilon: number },
  weights: readonly tf.Variable[],
): Optimizer {
  const sums = createSlots(weights);
  return {
    apply: (gradients, { learningRate }) =>
      gradients.forEach((gradient, index) => {
        const [weight, sum] = [weights[index], sums[index]];
        if (!weight || !sum) return;
        tf.tidy(() => {
          if (onWasm()) {
            const numbers = { rate: learningRate, begin: initialAccumulator + epsilon };
            replace([sum, weight], runForAll('AdagradStep', { weight, sum, gradient }, numbers));
            return;
          }
          sum.assign(tf.add(sum, tf.square(gradient)));
          const root = tf.sqrt(tf.add(sum, initialAccumulator + epsilon));
          weight.assign(tf.sub(weight, tf.div(tf.mul(gradient, learningRate), root)));
        });
      }),
    slots: [sums],
    dispose: () => tf.dispose([...sums]),
  };
}
