import { mul, type Tensor, type Variable } from '@tensorflow/tfjs-core';

/** A weight that is about to move. */
export interface Move {
  readonly weight: Variable;
  readonly gradient: Tensor;
  /** What the optimizer remembers of the weight, in the order of its definition. */
  readonly slots: readonly Variable[];
  /** The factor of the move: the `rate` of the optimizer's rule. */
  readonly rate: number;
  readonly learningRate: number;
  /** Whether Muon moves the weight as a matrix. */
  readonly isMatrix: boolean;
  /** The share of the weight that weight decay leaves; 1 for none. */
  readonly keep: number;
}

/** Carries out an optimizer's rule: assigns new values to the weight and its slots. Runs inside a tidy. */
export type UpdateRule<Spec> = (spec: Spec, move: Move) => void;

/** A rule with weight decay as an operation of its own before it (Loshchilov and Hutter, arXiv:1711.05101). */
export function afterDecay<Spec>(rule: UpdateRule<Spec>): UpdateRule<Spec> {
  return (spec, move) => {
    if (move.keep !== 1) move.weight.assign(mul(move.weight, move.keep));
    rule(spec, move);
  };
}
