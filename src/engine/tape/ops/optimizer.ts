import { mul, type Tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import type { OptimizerSpec } from '../../../core/training/optimizers.ts';
import { createAdagrad } from './optimizers/adagrad.ts';
import { createAdam } from './optimizers/adam.ts';
import { createRmsprop } from './optimizers/rmsprop.ts';
import { createSgd } from './optimizers/sgd.ts';

/** What changes from one step to the next. */
export interface OptimizerStep {
  /** Steps done before this one, over the whole run. */
  readonly step: number;
  readonly learningRate: number;
  /** Weight decay: this, times the learning rate, is the share of each weight that is subtracted at a step. */
  readonly weightDecay: number;
}

/** Updates weights by their gradients. Owns its moving averages until `dispose`. */
export interface Optimizer {
  /** One step: `gradients` are those of the weights that the optimizer was made for, in their order. */
  apply(gradients: readonly Tensor[], step: OptimizerStep): void;
  /** What it remembers of each weight, by kind of memory and then by weight. Its own: not to be disposed. */
  readonly slots: readonly (readonly Variable[])[];
  dispose(): void;
}

/**
 * The optimizer of a recipe for these weights. Update rules as in Keras 3, to the placing of epsilon, and to weight decay:
 * it comes first, apart from the gradient (Loshchilov and Hutter, arXiv:1711.05101), and is that of the step, whatever
 * the spec of AdamW says.
 */
export function createOptimizer(spec: OptimizerSpec, weights: readonly Variable[]): Optimizer {
  switch (spec.kind) {
    case 'sgd':
      return withDecay(createSgd({ momentum: 0, nesterov: false }, weights), weights);
    case 'momentum':
      return withDecay(createSgd(spec, weights), weights);
    case 'rmsprop':
      return withDecay(createRmsprop(spec, weights), weights);
    case 'adagrad':
      return withDecay(createAdagrad(spec, weights), weights);
    case 'adam':
    case 'adamw':
      return createAdam(spec, weights);
    default:
      return spec satisfies never;
  }
}

/** The optimizer with weight decay before each of its steps. */
function withDecay(optimizer: Optimizer, weights: readonly Variable[]): Optimizer {
  return {
    ...optimizer,
    apply: (gradients, step) => {
      const kept = 1 - step.learningRate * step.weightDecay;
      if (kept !== 1) for (const weight of weights) tidy(() => weight.assign(mul(weight, kept)));
      optimizer.apply(gradients, step);
    },
  };
}
