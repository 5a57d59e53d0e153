import * as tf from '@tensorflow/tfjs-core';
import { onWasm, runForAll } from '../../../wasm/operation.ts';
import type { Optimizer } from '../optimizer.ts';
import { createSlots, replace } from './slots.ts';

/**
 * Stochastic gradient descent, with momentum where it is above 0 (Sutskever et al., ICML 2013, in Keras' form):
 * `v = momentum * v - rate * g`, then `w += v`, or with Nesterov's look-ahead `w += momentum * v - rate * g`.
 */
export function createSgd(
  { momentum, nesterov }: { readonly momentum: number; readonly nesterov: boolean },
  weights: readonly tf.Variable[],
): Optimizer {
  const velocities = momentum === 0 ? [] : createSlots(weights);
  const move = (index: number, weight: tf.Variable, gradient: tf.Tensor, rate: number) => {
    const velocity = velocities[index];
    if (onWasm()) return moveOnWasm(weight, velocity ?? null, gradient, { momentum, rate, nesterov });
    const push = tf.mul(gradient, -rate);
    if (velocity === undefined) return weight.assign(tf.add(weight, push));
    velocity.assign(tf.add(tf.mul(velocity, momentum), push));
    weight.assign(tf.add(weight, nesterov ? tf.add(tf.mul(velocity, momentum), push) : velocity));
  };
  return {
    apply: (gradients, { learningRate }) =>
      gradients.forEach((gradient, index) => {
        const weight = weights[index];
        if (weight) tf.tidy(() => move(index, weight, gradient, learningRate));
      }),
    slots: momentum === 0 ? [] : [velocities],
    dispose: () => tf.dispose([...velocities]),
  };
}

interface Push {
  readonly momentum: number;
  readonly rate: number;
  readonly nesterov: boolean;
}

function moveOnWasm(
  weight: tf.Variable,
  velocity: tf.Variable | null,
  gradient: tf.Tensor,
  { momentum, rate, nesterov }: Push,
): void {
  if (velocity === null) {
    replace([weight], runForAll('DescentStep', { weight, gradient }, { rate }));
    return;
  }
  const numbers = { momentum, rate, ahead: nesterov ? momentum : 1, direct: Number(nesterov) };
  replace([velocity, weight], runForAll('MomentumStep', { weight, velocity, gradient }, numbers));
}
