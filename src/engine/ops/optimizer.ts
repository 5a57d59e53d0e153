import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import type { OptimizerSpec } from '../../core/optimizers.ts';
import { createAdagrad } from './optimizers/adagrad.ts';
import { createAdam } from './optimizers/adam.ts';
import { createRmsprop } from './optimizers/rmsprop.ts';
import { createSgd } from './optimizers/sgd.ts';

/** What changes from one step to the next. */
export interface OptimizerStep {
  /** Steps done before this one, over the whole run. */
  readonly step: number;
  readonly learningRate: number;
}

/** Moves weights along their gradients. Owns its moving averages until `dispose`. */
export interface Optimizer {
  /** One step: `gradients` are those of the weights that the optimizer was made for, in their order. */
  apply(gradients: readonly Tensor[], step: OptimizerStep): void;
  dispose(): void;
}

/** The optimizer of a recipe for these weights. Update rules as in Keras 3, to the placing of epsilon. */
export function createOptimizer(spec: OptimizerSpec, weights: readonly Variable[]): Optimizer {
  switch (spec.kind) {
    case 'sgd':
      return createSgd({ momentum: 0, nesterov: false }, weights);
    case 'momentum':
      return createSgd(spec, weights);
    case 'rmsprop':
      return createRmsprop(spec, weights);
    case 'adagrad':
      return createAdagrad(spec, weights);
    case 'adam':
      return createAdam({ ...spec, weightDecay: 0 }, weights);
    case 'adamw':
      return createAdam(spec, weights);
    default:
      return spec satisfies never;
  }
}
