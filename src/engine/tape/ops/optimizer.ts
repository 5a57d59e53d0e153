import { dispose, type Tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import { at } from '../../../core/at.ts';
import {
  type OptimizerKind,
  type OptimizerSpec,
  type OptimizerSpecOf,
  optimizerOf,
} from '../../../core/training/optimizers/registry.ts';
import { adagrad } from './optimizers/adagrad.ts';
import { adam } from './optimizers/adam.ts';
import { momentum } from './optimizers/momentum.ts';
import { muon } from './optimizers/muon.ts';
import { rmsprop } from './optimizers/rmsprop.ts';
import type { Move, UpdateRule } from './optimizers/rule.ts';
import { sgd } from './optimizers/sgd.ts';
import { createSlots } from './optimizers/slots.ts';

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
  /** What it remembers of each weight, by slot of its definition and then by weight. Its own: not to be disposed. */
  readonly slots: readonly (readonly Variable[])[];
  dispose(): void;
}

/** How the tape carries out the rule of each kind. A kind without it does not compile. */
const RULES: { readonly [Kind in OptimizerKind]: UpdateRule<OptimizerSpecOf<Kind>> } = {
  sgd,
  momentum,
  rmsprop,
  adagrad,
  adam,
  adamw: adam,
  muon,
};

function carryOut<Kind extends OptimizerKind>(kind: Kind, spec: OptimizerSpecOf<Kind>, move: Move): void {
  RULES[kind](spec, move);
}

/**
 * The optimizer of a recipe for these weights. Update rules as in Keras 3, to the placing of epsilon, and to weight decay:
 * it comes first, apart from the gradient, and is that of the step, whatever the spec of AdamW says. `areMatrices`: which weights
 * Muon moves as matrices, in their order; none if left out.
 */
export function createOptimizer(
  spec: OptimizerSpec,
  weights: readonly Variable[],
  areMatrices: readonly boolean[] = [],
): Optimizer {
  const definition = optimizerOf(spec.kind);
  const slots = definition.slots.map(() => createSlots(weights));
  return {
    apply: (gradients, { step, learningRate, weightDecay }) => {
      const rate = definition.rateAt(spec, learningRate, step + 1);
      const keep = 1 - learningRate * weightDecay;
      gradients.forEach((gradient, index) => {
        const weight = at(weights, index);
        const own = slots.map((slot) => at(slot, index));
        const isMatrix = areMatrices[index] ?? false;
        tidy(() => carryOut(spec.kind, spec, { weight, gradient, slots: own, rate, keep, learningRate, isMatrix }));
      });
    },
    slots,
    dispose: () => void dispose(slots.flat()),
  };
}
