import type { OptionField } from '../../network/layers/definition.ts';

/** A tensor that an optimizer keeps beside each trained weight, of the weight's shape; it starts at 0. */
interface OptimizerSlot {
  /** Its letter in the update rule. */
  readonly name: string;
  readonly meaning: string;
}

/**
 * Everything that the app knows about one kind of optimizer. Update rules and defaults are those of Keras 3. How each
 * backend carries out the rule is its own: rounding, and so the curve, depends on the order of operations.
 */
export interface OptimizerDefinition<Spec> {
  readonly title: string;
  /** One sentence for a student: how it moves the weights. */
  readonly explanation: string;
  readonly defaults: Spec;
  /** Its own options; AdamW's weight decay is edited where every optimizer's is, in the recipe. */
  readonly fields: readonly OptionField[];
  /** The learning rate that it is usually given. */
  readonly learningRate: number;
  /** What it remembers of each weight, in the order of snapshots. */
  readonly slots: readonly OptimizerSlot[];
  /**
   * The update rule as assignments, in order, written in JavaScript: `w` is the weight, `g` its gradient, `rate` the result
   * of `rateAt`; slots and options go by their names. Weight decay comes before it, apart from the gradient.
   */
  readonly rule: readonly string[];
  /** The factor of the move at a step, counted from 1. */
  rateAt(spec: Spec, learningRate: number, step: number): number;
  /** The share of each weight that Keras takes away a step, times the learning rate, where nothing is said. */
  readonly usualWeightDecay: number;
}
